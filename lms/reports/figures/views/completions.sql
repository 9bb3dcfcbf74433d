-- Courses completed, without those whose completion was withdrawn, whenever that was.
SELECT 'c' || c.id AS id, 'completion' AS kind, COALESCE(p.merged_into_id, p.id) AS owner_id, c.at AS at,
       (SELECT k.title FROM courses_course k WHERE k.id = e.course_id) AS title,
       c.minutes AS minutes, e.course_id AS course_id, e.course_id AS same_as_course_id,
       CAST(NULL AS bigint) AS workshop_id, c.agency_id AS agency_id, c.agency_name AS agency_name,
       c.sector_code AS sector_code, c.post_name AS post_name, c.rank AS rank,
       CASE WHEN c.sex IN ('female', 'male') THEN c.sex ELSE '' END AS sex, '' AS district, '' AS funder
  FROM courses_completion c
  JOIN courses_enrolment e ON e.id = c.enrolment_id
  JOIN people_person p ON p.id = e.person_id
 WHERE NOT EXISTS (SELECT 1 FROM courses_completionwithdrawn x WHERE x.completion_id = c.id)
