// Go, with pgx 4: scores scan into and from integers, summaries into and from slices of their eleven counts.
// On each new connection: nps.Register(ctx, conn).
package nps

import (
	"context"

	"github.com/jackc/pgtype"
	"github.com/jackc/pgx/v4"
)

// Both travel as text, which is that of an integer and of an array of integers.
type score struct{ pgtype.Int2 }

func (*score) PreferredParamFormat() int16  { return pgtype.TextFormatCode }
func (*score) PreferredResultFormat() int16 { return pgtype.TextFormatCode }

type summary struct{ pgtype.Int8Array }

func (*summary) PreferredParamFormat() int16  { return pgtype.TextFormatCode }
func (*summary) PreferredResultFormat() int16 { return pgtype.TextFormatCode }

func Register(ctx context.Context, conn *pgx.Conn) error {
	for name, value := range map[string]pgtype.Value{"nps_score": &score{}, "nps_summary": &summary{}} {
		var oid uint32
		if err := conn.QueryRow(ctx, "SELECT $1::text::regtype::oid", name).Scan(&oid); err != nil {
			return err
		}
		conn.ConnInfo().RegisterDataType(pgtype.DataType{Value: value, Name: name, OID: oid})
	}
	return nil
}
