-- Segments: what the demo's participants said of the pace, best score first. Needs the extension and the table of carpentries.sql.
SELECT nps_ranking_chart(pace, summary, 'Score by the pace of the training', NULL ORDER BY nps_estimate(summary)::float8 DESC)
FROM (SELECT pace, nps_agg(score) AS summary FROM responses WHERE pace IS NOT NULL GROUP BY pace) paces;
