CREATE EXTENSION postgis;
DO 'BEGIN PERFORM setseed(0.5); END';
CREATE TABLE g AS
SELECT g FROM (
 SELECT ST_GeomFromText(w) g FROM unnest(ARRAY['POINT(116.9628 -1.1542)','POINT EMPTY','POINT Z(1 2 3)','POINT M(1 2 3)','POINT ZM(1 2 3 4)','POINT(-0.00000004 0.00000005)','POINT(116.12345675 -1.12345685)',
 'POLYGON EMPTY','LINESTRING EMPTY','GEOMETRYCOLLECTION EMPTY','MULTIPOLYGON EMPTY','LINESTRING(0 0,1.5 2.25)','MULTIPOINT((1 2),(3 4))','MULTILINESTRING((0 0,1 1),(2 2,3 3.5))',
 'POLYGON((0 0,0 3,3 3,3 0,0 0),(1 1,2 1,2 2,1 2,1 1))','POLYGON Z((0 0 5,0 3 5,3 3 5,0 0 5))','MULTIPOLYGON(((0 0,3 0,3 3,0 0)),((10 10,10 11,11 11,10 10)))',
 'GEOMETRYCOLLECTION(POINT(1 2),LINESTRING(0 0,1 1),POLYGON((0 0,1 1,0 1,0 0)))']) w
 UNION ALL SELECT ST_MakePoint(random()*360-180, random()*180-90) FROM generate_series(1,150)
 UNION ALL SELECT ST_MakePoint((floor(random()*1e9)+0.5)/1e7, -(floor(random()*1e8)+0.5)/1e7) FROM generate_series(1,100)
 UNION ALL SELECT ST_Buffer(ST_MakePoint(115+random()*3, random()*4-2), random()/5, 4) FROM generate_series(1,30)
 UNION ALL SELECT ST_Multi(ST_Difference(ST_Buffer(p,0.2,3),ST_Buffer(p,0.1,2))) FROM (SELECT ST_MakePoint(115+random()*3, random()*4-2) p FROM generate_series(1,20)) s) s;
COPY (SELECT encode(CASE WHEN n%3=0 THEN ST_AsEWKB(ST_SetSRID(g,4326)) WHEN n%3=1 THEN ST_AsBinary(g,'XDR') ELSE ST_AsBinary(g) END,'hex'), ST_AsGeoJSON(CASE WHEN GeometryType(g) LIKE '%POLYGON' THEN ST_ForcePolygonCCW(g) ELSE g END,7,0) FROM (SELECT g, row_number() over () n FROM g) s) TO STDOUT;
