-- Certificates. The place is that of what each is for: the completion, or the last session attended.
SELECT t.id AS id, COALESCE(p.merged_into_id, p.id) AS owner_id, t.issued_at AS at, t.number AS number,
       t.specimen AS specimen, t.replaces_id IS NOT NULL AS is_correction, t.valid_until AS valid_until,
       CASE WHEN t.completion_id IS NULL THEN 'workshop' ELSE 'completion' END AS kind,
       COALESCE((SELECT k.title FROM courses_course k WHERE k.id = e.course_id), w.title, '') AS title,
       COALESCE(e.course_id, w.course_id) AS course_id, w.id AS workshop_id, COALESCE(c.agency_id, a.agency_id) AS agency_id,
       COALESCE(c.agency_name, a.agency_name, '') AS agency_name,
       COALESCE(c.sector_code, a.sector_code, '') AS sector_code,
       COALESCE(c.post_name, a.post_name, '') AS post_name, COALESCE(c.rank, a.rank, '') AS rank,
       CASE WHEN COALESCE(c.sex, a.sex) IN ('female', 'male') THEN COALESCE(c.sex, a.sex) ELSE '' END AS sex,
       COALESCE(w.district, '') AS district, COALESCE(w.funder, '') AS funder
  FROM certificates_certificate t
  JOIN people_person p ON p.id = t.person_id
  LEFT JOIN courses_completion c ON c.id = t.completion_id
  LEFT JOIN courses_enrolment e ON e.id = c.enrolment_id
  LEFT JOIN courses_registration r ON r.uuid = t.attendance_basis
  LEFT JOIN courses_workshop w ON w.id = r.workshop_id
  LEFT JOIN courses_attendance a ON a.id = (SELECT MAX(b.id) FROM courses_attendance b
                                             WHERE b.registration_id = r.id AND b.presence IN ('present', 'late'))
