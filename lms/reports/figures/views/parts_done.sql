-- Parts of courses that are done: lessons, checks and tests passed by the marking that counts, and what was
-- recognised. A part that was done and recognised is there twice.
SELECT 'l' || d.id AS id, d.enrolment_id AS enrolment_id, d.lesson_key AS key
  FROM courses_lessondone d
UNION ALL
SELECT 'r' || r.id, r.enrolment_id, r.part_key
  FROM courses_recognisedpart r
UNION ALL
SELECT 'a' || a.id, a.enrolment_id, a.quiz_key
  FROM courses_attempt a
  JOIN courses_marking m ON m.attempt_id = a.id
 WHERE a.state = 'submitted' AND a.enrolment_id IS NOT NULL AND m.passed
   AND NOT EXISTS (SELECT 1 FROM courses_marking later WHERE later.attempt_id = a.id AND later.n > m.n)
