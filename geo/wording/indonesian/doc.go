// Package indonesian has the Indonesian words of messages: what an error says is wrong and
// what would be right. The English format in the source is the key, so that whoever writes
// a message writes it once, where it belongs; a test reads the source and fails when one
// has no words here, or when words are here that nothing says any more.
//
// The words are a planner's: garis bujur and lintang, koleksi, fitur, atribut, berkas,
// kolom, lapisan, petak. Names of parameters, flags, formats and members of JSON stay as
// they are written, and so do numbers inside of them.
package indonesian
