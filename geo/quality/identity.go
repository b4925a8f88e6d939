package quality

import "hash/maphash"

// digest names bytes. That two which differ have the same one is as unlikely as guessing
// a key of 128 bits: it hangs on seeds that are new in each process.
type digest [2]uint64

var seeds = [2]maphash.Seed{maphash.MakeSeed(), maphash.MakeSeed()}

func digestOf(data []byte) digest {
	return digest{maphash.Bytes(seeds[0], data), maphash.Bytes(seeds[1], data)}
}

// identities remembers ids and geometries to find those that come twice: some 90 bytes
// a feature. Nothing in it points anywhere, so that the collector passes it over.
type identities struct {
	ids        map[digest]int64 // the row of each id
	geometries map[digest]label
	labels     []byte // the ids of the geometries, one after another
}

// label is an id in identities.labels.
type label struct {
	at   int64
	size int32
}

// has reports whether a feature of that id was judged.
func (k *identities) has(id string) bool {
	_, ok := k.ids[digestOf([]byte(id))]
	return ok
}

// identity compares id and geometry with those that came before.
func (v *Examination) identity() {
	k := &v.judge.identity
	if v.judge.o.Alone {
		return
	}
	if k.ids == nil {
		k.ids, k.geometries = map[digest]int64{}, map[digest]label{}
	}
	id := v.feature.ID
	if id != "" {
		key := digestOf([]byte(id))
		if row, ok := k.ids[key]; ok {
			v.add(Issue{Rule: idDuplicate, Other: v.ref(id), Message: say("the id %q was used already by row %d", "id %q sudah dipakai baris %d", shown(id, 60), row)})
		} else {
			k.ids[key] = v.row.Number
		}
	}
	if v.sum == (digest{}) {
		return
	}
	if first, ok := k.geometries[v.sum]; ok {
		other := string(k.labels[first.at : first.at+int64(first.size)])
		v.add(Issue{Rule: geometryDuplicate, Other: v.ref(other), Place: v.anywhere(), Message: say("the geometry is that of %s", "geometrinya sama dengan milik %s", shown(other, 60))})
		v.twin = true
		return
	}
	k.geometries[v.sum] = label{int64(len(k.labels)), int32(len(id))}
	k.labels = append(k.labels, id...)
}

func (v *Examination) ref(id string) string { return v.judge.o.Collection.ID + "/" + id }
