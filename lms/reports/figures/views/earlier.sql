-- Earlier certificates that were recorded and not struck out. The place is that of today.
SELECT 'e' || t.id AS id, 'earlier' AS kind, COALESCE(p.merged_into_id, p.id) AS owner_id, {noon} AS at,
       t.title AS title, t.minutes AS minutes, CAST(NULL AS bigint) AS course_id,
       CAST(NULL AS bigint) AS same_as_course_id, CAST(NULL AS bigint) AS workshop_id, p.agency_id AS agency_id,
       COALESCE(g.name, '') AS agency_name, COALESCE(own.code, theirs.code, '') AS sector_code,
       COALESCE(post.name, '') AS post_name, p.rank AS rank,
       CASE WHEN p.sex IN ('female', 'male') THEN p.sex ELSE '' END AS sex, '' AS district, '' AS funder
  FROM courses_earliertraining t
  JOIN people_person p ON p.id = t.person_id
  LEFT JOIN courses_earliertrainingstruck x ON x.training_id = t.id
  LEFT JOIN people_agency g ON g.id = p.agency_id
  LEFT JOIN people_sector own ON own.id = p.sector_id
  LEFT JOIN people_sector theirs ON theirs.id = g.sector_id
  LEFT JOIN people_post post ON post.id = p.post_id
 WHERE x.id IS NULL
