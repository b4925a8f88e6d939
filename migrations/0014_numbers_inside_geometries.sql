-- _wgs84 gives null for a geometry that has coordinates which are no finite numbers anywhere, and not only where its box
-- tells: a box passes over them. Scaled to nothing all coordinates are 0 but those, and so is the length of a line
-- through all of them. One position alone has no line, but a box. It costs a fifth of a microsecond a position more.
CREATE OR REPLACE FUNCTION kawasan._wgs84(geom_ geometry, curved_ boolean) RETURNS geometry LANGUAGE plpgsql STABLE STRICT AS $$
BEGIN
    IF curved_ THEN geom_ := ST_CurveToLine(geom_); END IF;
    IF ST_SRID(geom_) <> 4326 THEN geom_ := ST_Transform(geom_, 4326); END IF;
    IF ST_IsEmpty(geom_) OR ST_XMin(geom_) > '-infinity' AND ST_YMin(geom_) > '-infinity' AND ST_XMax(geom_) < 'infinity' AND ST_YMax(geom_) < 'infinity'
        AND ST_Length2D(ST_LineFromMultiPoint(ST_Points(ST_Scale(geom_, 0, 0)))) = 0 THEN
        RETURN geom_;
    END IF;
    RETURN NULL;
EXCEPTION WHEN OTHERS THEN -- a statement that is cancelled is not among them
    RETURN NULL;
END $$;

---- create above / drop below ----

CREATE OR REPLACE FUNCTION kawasan._wgs84(geom_ geometry, curved_ boolean) RETURNS geometry LANGUAGE plpgsql STABLE STRICT AS $$
BEGIN
    IF curved_ THEN geom_ := ST_CurveToLine(geom_); END IF;
    IF ST_SRID(geom_) <> 4326 THEN geom_ := ST_Transform(geom_, 4326); END IF;
    IF ST_IsEmpty(geom_) OR ST_XMin(geom_) > '-infinity' AND ST_YMin(geom_) > '-infinity' AND ST_XMax(geom_) < 'infinity' AND ST_YMax(geom_) < 'infinity' THEN
        RETURN geom_;
    END IF;
    RETURN NULL;
EXCEPTION WHEN OTHERS THEN
    RETURN NULL;
END $$;
