-- Workshops attended. One row for each session and person first: two records that were merged may both
-- have been signed in.
SELECT 'w' || a.id, 'workshop', there.owner_id, days.ends_at, w.title, there.minutes, w.course_id,
       CASE WHEN w.same_event THEN w.course_id END, w.id, a.agency_id, a.agency_name, a.sector_code,
       a.post_name, a.rank, CASE WHEN a.sex IN ('female', 'male') THEN a.sex ELSE '' END, w.district, w.funder
  FROM (SELECT once.owner_id, once.workshop_id, MAX(once.attendance_id) AS attendance_id,
               SUM(once.minutes) AS minutes
          FROM (SELECT COALESCE(p.merged_into_id, p.id) AS owner_id, s.workshop_id, s.id AS session_id,
                       MAX(a.id) AS attendance_id, MAX(COALESCE(s.minutes, {length})) AS minutes
                  FROM courses_attendance a
                  JOIN courses_registration r ON r.id = a.registration_id
                  JOIN people_person p ON p.id = r.person_id
                  JOIN courses_session s ON s.id = a.session_id
                 WHERE a.presence IN ('present', 'late') AND r.state <> 'cancelled'
                 GROUP BY COALESCE(p.merged_into_id, p.id), s.workshop_id, s.id) once
         GROUP BY once.owner_id, once.workshop_id) there
  JOIN courses_attendance a ON a.id = there.attendance_id
  JOIN courses_workshop w ON w.id = there.workshop_id
  JOIN (SELECT workshop_id, MAX(ends_at) AS ends_at FROM courses_session GROUP BY workshop_id) days
    ON days.workshop_id = w.id
 WHERE w.kind <> 'awareness' AND w.state <> 'cancelled'
