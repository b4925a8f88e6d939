-- _wgs84 takes a geometry to longitude and latitude; null for one that can't be taken there: its reference system is not
-- known to PostGIS, it lies where that system does not reach, or its coordinates are no finite numbers. Only tables in
-- which that has happened are read through it: to be ready for a failure costs some microseconds a row.
CREATE FUNCTION kawasan._wgs84(geom_ geometry, curved_ boolean) RETURNS geometry LANGUAGE plpgsql STABLE STRICT AS $$
BEGIN
    IF curved_ THEN geom_ := ST_CurveToLine(geom_); END IF;
    IF ST_SRID(geom_) <> 4326 THEN geom_ := ST_Transform(geom_, 4326); END IF;
    IF ST_IsEmpty(geom_) OR ST_XMin(geom_) > '-infinity' AND ST_YMin(geom_) > '-infinity' AND ST_XMax(geom_) < 'infinity' AND ST_YMax(geom_) < 'infinity' THEN
        RETURN geom_;
    END IF;
    RETURN NULL;
EXCEPTION WHEN OTHERS THEN -- a statement that is cancelled is not among them
    RETURN NULL;
END $$;

---- create above / drop below ----

DROP FUNCTION kawasan._wgs84(geometry, boolean);
