package quality

import "crypto/sha256"

// identities remembers ids and geometries to find those that come twice: about 100 bytes a feature.
type identities struct {
	ids        map[string]int64
	geometries map[[16]byte]string
}

func (v *view) identity() {
	k := &v.judge.identity
	if v.judge.o.Alone {
		return
	}
	if k.ids == nil {
		k.ids, k.geometries = map[string]int64{}, map[[16]byte]string{}
	}
	id := v.feature.ID
	if id != "" {
		if row, ok := k.ids[id]; ok {
			v.add(Issue{Rule: idDuplicate, Other: v.ref(id), Message: say("the id %q was used already by row %d", "id %q sudah dipakai baris %d", shown(id, 60), row)})
		} else {
			k.ids[id] = v.row
		}
	}
	if len(v.feature.WKB) == 0 {
		return
	}
	sum := sha256.Sum256(v.feature.WKB)
	key := [16]byte(sum[:16])
	if other, ok := k.geometries[key]; ok {
		v.add(Issue{Rule: geometryDuplicate, Other: v.ref(other), Place: v.anywhere(), Message: say("the geometry is that of %s", "geometrinya sama dengan milik %s", shown(other, 60))})
		v.twin = true
		return
	}
	k.geometries[key] = id
}

func (v *view) ref(id string) string { return v.judge.o.Collection.ID + "/" + id }
