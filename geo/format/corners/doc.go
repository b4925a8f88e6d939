// Package corners reads the tables of corners that decrees print: degrees, minutes and
// seconds as in 116°47'22,5" BT and 1°10'30" LS, decimal degrees, or eastings and
// northings with a zone; pasted from a PDF, with all kinds of primes and stray
// blanks, with or without numbers of the corners, one coordinate a line or two.
//
// The corners in their order become a ring, blank lines or a column (bagian, part)
// begin a new one; a ring within another is its hole. How many digits are printed
// bounds how well the boundary can be known.
//
// What can be read in two ways is not guessed: the error names line and column, and
// what would settle it.
package corners
