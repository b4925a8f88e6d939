package postgis

import "kawasan/geo"

// Statement gives the statement of a query, for tests of its plan.
func Statement(s *Store, q geo.Query) (sql string, args []any, err error) {
	statement, err := build(s.current().tables[q.Collection], q)
	if err != nil {
		return "", nil, err
	}
	return statement.selectSQL(), statement.args, nil
}

// CountStatement gives the statement that counts what a query matches.
func CountStatement(s *Store, q geo.Query) (sql string, args []any, err error) {
	statement, err := build(s.current().tables[q.Collection], q)
	if err != nil {
		return "", nil, err
	}
	return statement.countSQL(), statement.args, nil
}

// ReadComment is readComment, for its fuzz test.
func ReadComment(comment string) (title, description geo.Text) { return readComment(comment) }

// Elsewhere has the store believe that what it read was another database's, some
// versions and many transactions ahead.
func Elsewhere(s *Store) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.progress.source, s.progress.horizon = "elsewhere", s.progress.horizon+1_000_000
	for name := range s.progress.settled {
		s.progress.settled[name] += 5
	}
}
