"""Asks a server, whose address is the argument, everything that OWSLib offers."""
import sys

from owslib.ogcapi.features import Features

base = sys.argv[1]
failed = []


def check(name, got, want):
    if got != want:
        failed.append(name)
        print(f"{name}: got {got!r}, want {want!r}")


def refused(name, call, *says):
    """A RuntimeError of OWSLib carries the body of the answer."""
    try:
        call()
    except RuntimeError as e:
        for word in says:
            check(f"{name} says {word}", word in str(e), True)
    else:
        failed.append(name)
        print(f"{name}: was not refused")


def ids(page):
    return [f["id"] for f in page["features"]]


server = Features(base)
check("links have types", all("type" in link for link in server.links), True)
check("description", server.api()["openapi"], "3.0.3")
classes = server.conformance()["conformsTo"]
check("core", "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core" in classes, True)
names = server.feature_collections()
check("all are feature collections", names, [c["id"] for c in server.collections()["collections"]])

for name in names:
    one = server.collection(name)
    check(f"{name}: id", one["id"], name)
    properties = server.collection_queryables(name)["properties"]
    check(f"{name}: has queryables", "id" in properties, True)
    everything = server.collection_items(name, limit=10000)
    check(f"{name}: all are there", everything["numberReturned"], everything["numberMatched"])
    # OWSLib pages by offset.
    paged, offset = [], 0
    while offset < everything["numberMatched"]:
        page = server.collection_items(name, limit=25, offset=offset)
        paged += ids(page)
        offset += 25
    check(f"{name}: paged", paged, ids(everything))
    if everything["features"]:
        first = everything["features"][0]
        again = server.collection_item(name, first["id"])
        check(f"{name}: one feature", again["properties"], first["properties"])
        unknown = set(first["properties"]) - set(properties) - {p for p, v in first["properties"].items() if isinstance(v, (dict, list))}
        check(f"{name}: attributes without queryable", unknown, set())

ports = server.collection_items("ports", limit=1000)
west, south, east, north = 116.5, -1.5, 117.0, -1.0
inside = [f["id"] for f in ports["features"] if west <= f["geometry"]["coordinates"][0] <= east and south <= f["geometry"]["coordinates"][1] <= north]
check("box", ids(server.collection_items("ports", limit=1000, bbox=[west, south, east, north])), inside)
check("time", ids(server.collection_items("ports", limit=1000, datetime="../..")), ids(ports))
check("word", 0 < server.collection_items("mills", q="jaya")["numberMatched"] < 80, True)

named = [f["id"] for f in ports["features"] if f["properties"]["name"] > "M"]
check("text", ids(server.collection_items("ports", limit=1000, filter="name > 'M'")), named)
condition = {"op": ">", "args": [{"property": "name"}, "M"]}
check("JSON as an object", ids(server.collection_items("ports", limit=1000, cql=condition)), named)
check("JSON as text", ids(server.collection_items("ports", limit=1000, cql='{"op": ">", "args": [{"property": "name"}, "M"]}')), named)
here = {"op": "and", "args": [condition, {"op": "s_intersects", "args": [{"property": "geometry"}, {"bbox": [west, south, east, north]}]}]}
check("JSON with a box", ids(server.collection_items("ports", limit=1000, cql=here)), [i for i in inside if i in named])

refused("unknown collection", lambda: server.collection("nonesuch"), "nonesuch")
refused("unknown feature", lambda: server.collection_item("ports", "nonesuch"), "nonesuch")
refused("unknown parameter", lambda: server.collection_items("ports", nonesuch="1"), "nonesuch")
refused("wrong text", lambda: server.collection_items("ports", filter="nam = 'x'"), "name")
refused("wrong JSON", lambda: server.collection_items("ports", cql={"op": "=", "args": [{"property": "nam"}, "x"]}), "name")

if failed:
    sys.exit(f"{len(failed)} checks failed")
print("all checks passed")
