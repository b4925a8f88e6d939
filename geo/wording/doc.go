// Package wording writes what planners read, in English and in Indonesian:
// numbers, lengths and areas the way each language has them, values rounded to
// what is known of them, and words in place of codes.
//
// Everything that is shown to people goes through here, so that a page, a sentence
// for the memo, a map and the command line say the same thing in the same words.
package wording
