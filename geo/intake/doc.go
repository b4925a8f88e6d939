// Package intake takes boundary files into collections: it reads a [source.Input],
// converts positions to WGS84 once, gives columns their place, has each feature
// judged, and hands all of them to a [Store], which keeps all or nothing.
//
// It knows neither the command line nor HTTP: a file on disk and an upload are the
// same to it. Memory does not grow with the number of features.
package intake
