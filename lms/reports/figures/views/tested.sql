-- People with both tests of a course, in one cycle: the first they handed in of each, the pre-test first.
-- The place is that of the completion, or of today where the course is not completed.
SELECT 'c' || a.id AS id, 'completion' AS kind, COALESCE(p.merged_into_id, p.id) AS owner_id,
       a.submitted_at AS at, k.title AS title, e.course_id AS course_id, CAST(NULL AS bigint) AS workshop_id,
       CASE WHEN c.id IS NULL THEN p.agency_id ELSE c.agency_id END AS agency_id,
       CASE WHEN c.id IS NULL THEN COALESCE(g.name, '') ELSE c.agency_name END AS agency_name,
       CASE WHEN c.id IS NULL THEN COALESCE(own.code, theirs.code, '') ELSE c.sector_code END AS sector_code,
       CASE WHEN c.id IS NULL THEN COALESCE(post.name, '') ELSE c.post_name END AS post_name,
       CASE WHEN c.id IS NULL THEN p.rank ELSE c.rank END AS rank,
       CASE WHEN COALESCE(c.sex, p.sex) IN ('female', 'male') THEN COALESCE(c.sex, p.sex) ELSE '' END AS sex,
       '' AS district, '' AS funder, b.id AS first_id, a.id AS second_id,
       {score_before} AS before, {score_after} AS after
  FROM courses_attempt a
  JOIN courses_quizedition qa ON qa.id = a.quiz_edition_id AND {purpose_after} = 'final'
  JOIN courses_attempt b ON b.enrolment_id = a.enrolment_id AND b.state = 'submitted'
       AND b.submitted_at < a.submitted_at
  JOIN courses_quizedition qb ON qb.id = b.quiz_edition_id AND {purpose_before} = 'pretest'
  JOIN courses_enrolment e ON e.id = a.enrolment_id
  JOIN courses_course k ON k.id = e.course_id
  JOIN people_person p ON p.id = e.person_id
  LEFT JOIN courses_completion c ON c.enrolment_id = e.id
  LEFT JOIN people_agency g ON g.id = p.agency_id
  LEFT JOIN people_sector own ON own.id = p.sector_id
  LEFT JOIN people_sector theirs ON theirs.id = g.sector_id
  LEFT JOIN people_post post ON post.id = p.post_id
 WHERE a.state = 'submitted'
   AND NOT EXISTS (SELECT 1 FROM courses_attempt o
                     JOIN courses_quizedition q ON q.id = o.quiz_edition_id AND {purpose} = 'final'
                    WHERE o.enrolment_id = a.enrolment_id AND o.state = 'submitted'
                      AND (o.submitted_at < a.submitted_at OR (o.submitted_at = a.submitted_at AND o.id < a.id)))
   AND NOT EXISTS (SELECT 1 FROM courses_attempt o
                     JOIN courses_quizedition q ON q.id = o.quiz_edition_id AND {purpose} = 'pretest'
                    WHERE o.enrolment_id = b.enrolment_id AND o.state = 'submitted'
                      AND (o.submitted_at < b.submitted_at OR (o.submitted_at = b.submitted_at AND o.id < b.id)))
UNION ALL
-- People with both tests of a workshop, as its own pages count them; what was corrected is void.
SELECT 'w' || a.id, 'workshop', COALESCE(p.merged_into_id, p.id), COALESCE(days.ends_at, a.submitted_at),
       w.title, w.course_id, w.id,
       CASE WHEN t.id IS NULL THEN p.agency_id ELSE t.agency_id END,
       CASE WHEN t.id IS NULL THEN COALESCE(g.name, '') ELSE t.agency_name END,
       CASE WHEN t.id IS NULL THEN COALESCE(own.code, theirs.code, '') ELSE t.sector_code END,
       CASE WHEN t.id IS NULL THEN COALESCE(post.name, '') ELSE t.post_name END,
       CASE WHEN t.id IS NULL THEN p.rank ELSE t.rank END,
       CASE WHEN COALESCE(t.sex, p.sex) IN ('female', 'male') THEN COALESCE(t.sex, p.sex) ELSE '' END,
       w.district, w.funder, b.id, a.id, {score_before}, {score_after}
  FROM courses_roomattempt ra
  JOIN courses_attempt a ON a.id = ra.attempt_id AND a.state = 'submitted'
  JOIN courses_roomattempt rb ON rb.registration_id = ra.registration_id AND rb."when" = 'before'
  JOIN courses_attempt b ON b.id = rb.attempt_id AND b.state = 'submitted'
  JOIN courses_registration r ON r.id = ra.registration_id
  JOIN courses_workshop w ON w.id = r.workshop_id
  JOIN people_person p ON p.id = r.person_id
  LEFT JOIN (SELECT workshop_id, MAX(ends_at) AS ends_at FROM courses_session GROUP BY workshop_id) days
    ON days.workshop_id = w.id
  LEFT JOIN (SELECT registration_id, MAX(id) AS id FROM courses_attendance
              WHERE presence IN ('present', 'late') GROUP BY registration_id) last
    ON last.registration_id = r.id
  LEFT JOIN courses_attendance t ON t.id = last.id
  LEFT JOIN people_agency g ON g.id = p.agency_id
  LEFT JOIN people_sector own ON own.id = p.sector_id
  LEFT JOIN people_sector theirs ON theirs.id = g.sector_id
  LEFT JOIN people_post post ON post.id = p.post_id
 WHERE ra."when" = 'after'
