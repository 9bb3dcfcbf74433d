-- Earlier certificates that were recorded and not struck out. The place is that of today.
SELECT 'e' || t.id, 'earlier', COALESCE(p.merged_into_id, p.id), {noon}, t.title, t.minutes,
       CAST(NULL AS bigint), CAST(NULL AS bigint), CAST(NULL AS bigint), p.agency_id, COALESCE(g.name, ''),
       COALESCE(own.code, theirs.code, ''), COALESCE(post.name, ''), p.rank, CASE WHEN p.sex IN ('female', 'male') THEN p.sex ELSE '' END, '', ''
  FROM courses_earliertraining t
  JOIN people_person p ON p.id = t.person_id
  LEFT JOIN courses_earliertrainingstruck x ON x.training_id = t.id
  LEFT JOIN people_agency g ON g.id = p.agency_id
  LEFT JOIN people_sector own ON own.id = p.sector_id
  LEFT JOIN people_sector theirs ON theirs.id = g.sector_id
  LEFT JOIN people_post post ON post.id = p.post_id
 WHERE x.id IS NULL
