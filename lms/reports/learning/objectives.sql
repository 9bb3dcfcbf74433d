-- How many people had how many of an objective's questions right before and after: the first pair of each
-- person in which it was asked twice; and the first in which it was asked once.
WITH tested (id, owner_id, at, first_id, second_id) AS ({tested}),
sides AS (SELECT id, owner_id, at, first_id AS attempt_id, 0 AS is_after FROM tested
          UNION ALL
          SELECT id, owner_id, at, second_id, 1 FROM tested),
asked AS (SELECT s.id, s.owner_id, s.at, q.objective, MIN(i.module) AS module,
                 SUM(CASE WHEN s.is_after = 0 AND {right} THEN 1 ELSE 0 END) AS right_before,
                 SUM(1 - s.is_after) AS of_before,
                 SUM(CASE WHEN s.is_after = 1 AND {right} THEN 1 ELSE 0 END) AS right_after,
                 SUM(s.is_after) AS of_after
            FROM sides s
            JOIN courses_marking m ON m.attempt_id = s.attempt_id
             AND NOT EXISTS (SELECT 1 FROM courses_marking l WHERE l.attempt_id = m.attempt_id AND l.n > m.n)
            JOIN courses_attemptitem i ON i.attempt_id = s.attempt_id
            JOIN courses_questionedition e ON e.id = i.question_edition_id
            JOIN courses_question q ON q.id = e.question_id AND q.objective <> ''
           GROUP BY s.id, s.owner_id, s.at, q.objective),
ranked AS (SELECT asked.*, ROW_NUMBER() OVER (PARTITION BY owner_id, objective,
                  CASE WHEN of_before > 0 AND of_after > 0 THEN 1 ELSE 0 END ORDER BY at, id) AS nth
             FROM asked)
SELECT objective, MIN(module), right_before, of_before, right_after, of_after, COUNT(*)
  FROM ranked
 WHERE nth = 1
 GROUP BY objective, right_before, of_before, right_after, of_after
