package api

import (
	"strconv"
	"strings"
)

// named is the representation that f asks for; the first if it is none of them.
func named(f string, offered []*representation) *representation {
	for _, r := range offered {
		if r.name == f {
			return r
		}
	}
	for _, r := range offered {
		if r.named(f) {
			return r
		}
	}
	return offered[0]
}

// negotiate chooses the representation by the Accept header with its quality values,
// and JSON (the first offered) when in doubt. HTML is chosen only where the client
// prefers it to JSON.
func negotiate(accept string, offered []*representation) *representation {
	if accept == "" || accept == "*/*" {
		return offered[0]
	}
	best, bestQuality := offered[0], 0.0
	for i, r := range offered {
		q := quality(accept, r.mediaType)
		if i == 0 && r != asHTML {
			q = max(q, quality(accept, "application/json"))
		}
		if q > bestQuality {
			best, bestQuality = r, q
		}
	}
	return best
}

// quality gives the weight that an Accept header gives to a media type: that of
// the most specific range that covers it, 0 if none does.
func quality(accept, mediaType string) float64 {
	mediaType = essence(mediaType)
	major, _, _ := strings.Cut(mediaType, "/")
	best, weight := -1, 0.0
	for part := range strings.SplitSeq(accept, ",") {
		pattern, parameters, _ := strings.Cut(part, ";")
		specific := -1
		switch strings.ToLower(strings.TrimSpace(pattern)) {
		case mediaType:
			specific = 2
		case major + "/*":
			specific = 1
		case "*/*":
			specific = 0
		}
		if specific > best {
			best, weight = specific, weightOf(parameters)
		}
	}
	return weight
}

// weightOf reads q from the parameters of one element of an Accept header; 1
// without it, 0 if it can't be read.
func weightOf(parameters string) float64 {
	for p := range strings.SplitSeq(parameters, ";") {
		name, text, _ := strings.Cut(strings.TrimSpace(p), "=")
		if !strings.EqualFold(name, "q") {
			continue
		}
		q, err := strconv.ParseFloat(text, 64)
		if err != nil || !(q >= 0 && q <= 1) {
			return 0
		}
		return q
	}
	return 1
}

// essence is a media type without its parameters.
func essence(mediaType string) string {
	t, _, _ := strings.Cut(mediaType, ";")
	return strings.ToLower(strings.TrimSpace(t))
}

// languages that answers come in; the first is the default.
var languages = []string{"en", "id"}

// chooseLanguage takes lang, else the Accept-Language header where it counts.
func chooseLanguage(lang, accept string) string {
	if lang != "" {
		return lang
	}
	best, bestQuality := languages[0], 0.0
	for part := range strings.SplitSeq(accept, ",") {
		tag, parameters, _ := strings.Cut(part, ";")
		primary, _, _ := strings.Cut(strings.ToLower(strings.TrimSpace(tag)), "-")
		for _, known := range languages {
			// "in" is the code that Indonesian had before 1989 and Java still sends.
			if primary != known && (known != "id" || primary != "in") {
				continue
			}
			if q := weightOf(parameters); q > bestQuality {
				best, bestQuality = known, q
			}
		}
	}
	return best
}

// chooseEncoding picks the compression by weight, and among equals the one that
// costs least for its size; "" sends the bytes as they are.
func chooseEncoding(accept string) string {
	if accept == "" || accept == "identity" {
		return ""
	}
	best, bestQuality := "", 0.0
	for _, known := range [...]string{"zstd", "br", "gzip"} {
		q, named := 0.0, false
		for part := range strings.SplitSeq(accept, ",") {
			name, parameters, _ := strings.Cut(part, ";")
			name = strings.TrimSpace(name)
			switch {
			case strings.EqualFold(name, known):
				q, named = weightOf(parameters), true
			case name == "*" && !named:
				q = weightOf(parameters)
			}
		}
		if q > bestQuality {
			best, bestQuality = known, q
		}
	}
	return best
}
