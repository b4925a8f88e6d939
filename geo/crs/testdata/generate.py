"""Writes definitions.json and testdata/proj.csv from PROJ's database.

Run in geo/crs:  python3 testdata/generate.py   (needs pyproj; made with PROJ 9.5.1)
"""
import csv, json, random
from pyproj import CRS, Transformer

codes = ["OGC:CRS84", "OGC:CRS84h", "EPSG:4326", "EPSG:3857", "EPSG:32650", "EPSG:32750", "EPSG:4755", "EPSG:9470", "EPSG:3395"]
codes += [f"EPSG:{c}" for c in range(23830, 23846)]                                  # DGN95 TM-3
codes += [f"EPSG:{c}" for z in range(47, 55) for c in (32600 + z, 32700 + z) if z != 50]  # WGS 84 UTM
codes += [f"EPSG:{c}" for c in range(23866, 23873)] + [f"EPSG:{c}" for c in range(23877, 23885)]  # DGN95 UTM
codes += [f"EPSG:{c}" for c in list(range(9476, 9483)) + list(range(9487, 9495))]    # SRGI2013 UTM


def plain(node):
    """PROJJSON without the parts that readers don't need."""
    for key in ("$schema", "scope", "area", "bbox", "usages", "remarks"):
        node.pop(key, None)
    return node


definitions, rows = [], []
rng = random.Random(20190826)
for code in codes:
    crs = CRS(code)
    axes = [a.direction for a in crs.axis_info]
    parameters = {}
    if crs.coordinate_operation:
        parameters = {p.name: p.value for p in crs.coordinate_operation.params}
    west, south, east, north = crs.area_of_use.bounds if crs.area_of_use else (-180, -90, 180, 90)
    definitions.append({
        "code": code, "name": crs.name, "axes": axes[:2], "parameters": parameters,
        "area": [west, south, east, north],
        "esri": crs.to_wkt("WKT1_ESRI") if code != "OGC:CRS84h" else CRS("OGC:CRS84").to_wkt("WKT1_ESRI"),
        "wkt1": crs.to_wkt("WKT1_GDAL") if code != "OGC:CRS84h" else CRS("OGC:CRS84").to_wkt("WKT1_GDAL"),
        "wkt2": crs.to_wkt("WKT2_2019"), "projjson": plain(json.loads(crs.to_json())),
    })
    # The point: what the authority's axis order gives, not the order of GIS software.
    # SRGI2013 starts from its own latitude and longitude: PROJ moves it by plate motion, we don't (see the package).
    base = crs.geodetic_crs if crs.name.startswith("SRGI2013") else CRS("OGC:CRS84")
    step = Transformer.from_crs(base, crs, always_xy=False)
    swap = base.axis_info[0].direction == "north"
    forward = lambda lon, lat: step.transform(lat, lon) if swap else step.transform(lon, lat)
    for _ in range(12):
        lon, lat = rng.uniform(94, 142), rng.uniform(-11, 8)
        x, y = forward(lon, lat)
        rows.append([code, repr(lon), repr(lat), repr(x), repr(y)])
    for lon, lat in ((116.7916, -1.1797), (117.9711, 0.9333), (116.75, 0.0), (100.0, 84.0), (110.0, -79.5)):
        x, y = forward(lon, lat)
        rows.append([code, repr(lon), repr(lat), repr(x), repr(y)])

with open("definitions.json", "w") as f:
    f.write("[\n" + ",\n".join(json.dumps(d, separators=(",", ":"), ensure_ascii=False) for d in definitions) + "\n]\n")
with open("testdata/proj.csv", "w", newline="") as f:
    w = csv.writer(f, lineterminator="\n")
    w.writerow(["code", "lon", "lat", "first", "second"])
    w.writerows(rows)
