-- Workshops attended. One row for each person and workshop: two records that were merged may both have been
-- signed in, and then each session counts once. The end of the last session is among what is grouped by, so
-- that a period narrows what is grouped, and there is one level of grouping, through which SQLite still sees.
-- Minutes are reckoned only where they are asked for: most questions do not. A session is looked up by its key
-- and not joined: PostgreSQL would read all sessions for each row. The attendance and the workshop joined at the
-- end are always there: LEFT, so that a question that wants nothing of them leaves them out.
SELECT 'w' || there.attendance_id AS id, 'workshop' AS kind, there.owner_id AS owner_id, there.ends_at AS at,
       w.title AS title,
       CASE WHEN there.first_record = there.last_record THEN
       (SELECT SUM((SELECT COALESCE(s.minutes, {length}) FROM courses_session s WHERE s.id = b.session_id))
          FROM courses_attendance b
         WHERE b.registration_id = there.first_record AND b.presence IN ('present', 'late')) ELSE
       (SELECT SUM(COALESCE(s.minutes, {length})) FROM courses_session s
         WHERE s.workshop_id = there.workshop_id AND EXISTS
               (SELECT 1 FROM courses_attendance b
                  JOIN courses_registration q ON q.id = b.registration_id AND q.state <> 'cancelled'
                  JOIN people_person o ON o.id = q.person_id
                 WHERE b.session_id = s.id AND b.presence IN ('present', 'late')
                   AND COALESCE(o.merged_into_id, o.id) = there.owner_id)) END AS minutes, w.course_id AS course_id,
       CASE WHEN w.same_event THEN w.course_id END AS same_as_course_id, there.workshop_id AS workshop_id,
       a.agency_id AS agency_id, a.agency_name AS agency_name, a.sector_code AS sector_code,
       a.post_name AS post_name, a.rank AS rank,
       CASE WHEN a.sex IN ('female', 'male') THEN a.sex ELSE '' END AS sex, w.district AS district, w.funder AS funder
  FROM (SELECT COALESCE(p.merged_into_id, p.id) AS owner_id, days.workshop_id, days.ends_at,
               MAX(a.id) AS attendance_id, MIN(r.id) AS first_record, MAX(r.id) AS last_record
          FROM (SELECT s.workshop_id, MAX(s.ends_at) AS ends_at FROM courses_session s
                  JOIN courses_workshop v ON v.id = s.workshop_id AND v.kind <> 'awareness' AND v.state <> 'cancelled'
                 GROUP BY s.workshop_id) days
          JOIN courses_registration r ON r.workshop_id = days.workshop_id AND r.state <> 'cancelled'
          JOIN courses_attendance a ON a.registration_id = r.id AND a.presence IN ('present', 'late')
          JOIN people_person p ON p.id = r.person_id
         GROUP BY COALESCE(p.merged_into_id, p.id), days.workshop_id, days.ends_at) there
  LEFT JOIN courses_attendance a ON a.id = there.attendance_id
  LEFT JOIN courses_workshop w ON w.id = there.workshop_id
