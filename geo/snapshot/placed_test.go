package snapshot

import (
	"cmp"
	"strconv"
	"testing"

	"pgregory.net/rapid"
)

// Where two keys differ they order as the ids do, of whatever ids they were made.
func TestKeysOrderLikeIDs(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.OneOf(rapid.StringN(0, 12, -1), rapid.StringMatching(`estate-[0-9]{1,10}`), rapid.StringMatching(`[ab]{0,12}`))
		k := keys{common: commonBeginning(text.Draw(t, "first"), text.Draw(t, "last"))}
		a, b := text.Draw(t, "a"), text.Draw(t, "b")
		if k.integers = rapid.Bool().Draw(t, "integers"); k.integers {
			number := rapid.Int64()
			a, b = strconv.FormatInt(number.Draw(t, "a"), 10), strconv.FormatInt(number.Draw(t, "b"), 10)
		}
		byKey, byID := cmp.Compare(k.of(a), k.of(b)), compareIDs(a, b, k.integers)
		if k.of(a) == 0 || byKey != 0 && byKey != byID {
			t.Fatalf("%+v: keys of %q and %q are %x and %x", k, a, b, k.of(a), k.of(b))
		}
	})
}
