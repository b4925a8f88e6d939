// Package geo holds the words that all of Kawasan shares: features and the
// collections they belong to, the query that asks for them, the reader that
// answers, and the one kind of error that crosses package borders.
//
// Positions are WGS84 longitude, latitude in degrees, in that order. Distances
// are metres, areas hectares unless a name says otherwise. An edge between two
// vertices is a straight line in longitude and latitude (RFC 7946, 3.1.1).
//
// The package imports none of its sub-packages and knows neither HTTP nor SQL.
package geo
