package main

import "strings"

// languageOf gives the language of the environment, en or id: of LC_ALL, else LC_MESSAGES,
// else LANG, as POSIX wants it.
func languageOf(getenv func(string) string) string {
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		if locale := getenv(name); locale != "" {
			if language, _, _ := strings.Cut(strings.NewReplacer(".", "_", "@", "_").Replace(locale), "_"); language == "id" {
				return "id"
			}
			return "en"
		}
	}
	return "en"
}
