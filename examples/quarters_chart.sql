-- Periods: the demo's quarters as a line, the picture at the top of the README. Needs the extension and the table of carpentries.sql.
SELECT nps_line_chart(to_char(quarter, 'YYYY"Q"Q'), summary, 'Net Promoter Score by quarter', 50 ORDER BY quarter)
FROM (SELECT date_trunc('quarter', answered_at::timestamp) AS quarter, nps_agg(score) AS summary FROM responses GROUP BY 1) quarters;
