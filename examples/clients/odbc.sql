-- ODBC, so Excel, Power BI and Tableau: a driver that nothing can be registered with reads a view whose columns are of
-- plain types. Scores are written through the view as well. Here for a table "answers"; put in your own columns.
CREATE VIEW answers_for_odbc AS SELECT id, score::integer AS score FROM answers;

CREATE RULE insert_answer AS ON INSERT TO answers_for_odbc DO INSTEAD INSERT INTO answers (score) VALUES (NEW.score);
CREATE RULE update_answer AS ON UPDATE TO answers_for_odbc DO INSTEAD UPDATE answers SET score = NEW.score WHERE id = OLD.id;
