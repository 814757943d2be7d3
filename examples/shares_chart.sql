-- Columns: the demo's quarters with their shares. Needs the extension and the table of carpentries.sql.
SELECT nps_chart(to_char(quarter, 'YYYY"Q"Q'), summary, 'Score and shares by quarter' ORDER BY quarter)
FROM (SELECT date_trunc('quarter', answered_at::timestamp) AS quarter, nps_agg(score) AS summary FROM responses GROUP BY 1) quarters;
