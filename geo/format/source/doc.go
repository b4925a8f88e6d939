// Package source is the contract between those who read files and those who take
// features in: a [Format] recognises an [Input] by its content and opens it as a
// [Source], which has layers and streams the features of each, as they stand in
// the file. It is the counterpart of the package export. It knows no format; the
// table of them is in the package format.
//
// Input comes from strangers. A reader believes no size that the file states
// before the bytes are there, keeps within [Limits], and says in its errors
// where in the file the fault lies.
package source
