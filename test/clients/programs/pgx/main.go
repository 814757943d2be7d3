// pgx, before and after examples/clients/nps_pgx.go; programs.pl builds it and knows what to expect. Prints lines
// "program | when | question | answer", the answer as JSON, or "error" with its SQLSTATE, where it has one.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/jackc/pgconn"
	"github.com/jackc/pgx/v4"

	"nps"
)

var ctx = context.Background()

func say(when, question string, answer interface{}, err error) {
	written, _ := json.Marshal(answer)
	if err != nil {
		written = []byte("error")
		var state *pgconn.PgError
		if errors.As(err, &state) {
			written = []byte("error " + state.Code)
		}
	}
	fmt.Printf("pgx | %s | %s | %s\n", when, question, written)
}

func scores(conn *pgx.Conn) (read []*int, err error) {
	rows, err := conn.Query(ctx, "SELECT score FROM answers ORDER BY id")
	for err == nil && rows.Next() {
		var score *int
		err = rows.Scan(&score)
		read = append(read, score)
	}
	rows.Close()
	return read, err
}

func tell(when string, conn *pgx.Conn) {
	read, err := scores(conn)
	sum, answered, largest := 0, 0, 0
	for _, score := range read {
		if score != nil {
			sum, answered = sum+*score, answered+1
			if *score > largest {
				largest = *score
			}
		}
	}
	say(when, "scores", read, err)
	say(when, "mean", float64(sum)/float64(answered), err)
	say(when, "largest", largest, err)
	for _, score := range []int{8, 11} {
		var written int
		err = conn.QueryRow(ctx, "INSERT INTO written (score) VALUES ($1) RETURNING score::integer", score).Scan(&written)
		say(when, fmt.Sprintf("write %d", score), written, err)
	}
	var counts []int64
	err = conn.QueryRow(ctx, "SELECT summary FROM daily ORDER BY id LIMIT 1").Scan(&counts)
	say(when, "summary", counts, err)
	err = conn.QueryRow(ctx, "INSERT INTO daily (summary) VALUES ($1) RETURNING summary", []int64{1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1}).Scan(&counts)
	say(when, "write a summary", counts, err)
}

func main() {
	conn, err := pgx.Connect(ctx, "")
	if err != nil {
		panic(err)
	}
	tell("before", conn)
	if err = nps.Register(ctx, conn); err != nil {
		panic(err)
	}
	tell("after", conn)
}
