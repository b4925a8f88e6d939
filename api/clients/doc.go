// Package clients asks any OGC API server as QGIS, GDAL, ArcGIS and OWSLib do, in
// their order and with their parameters, and says client by client and feature by
// feature what works, what does not, and why, with the request that showed it.
//
// What each client asks was read in its source: the OAPIF provider of QGIS 3.4x,
// GDAL's OAPIF driver, OGCFeatureLayer of the ArcGIS Maps SDK for JavaScript 4.33
// and owslib.ogcapi.
package clients
