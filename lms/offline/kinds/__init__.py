"""What a device may send, one kind a file. To add one, copy a sibling and name it here.

Each has `take(items, sender)`: the Reply to each of these items of its kind, in their order, with its
transaction inside. A bad one harms no other.
"""

from lms.offline.kinds import answer, choice, hand_in, lesson, mark, start, walk_in, wall

KINDS = {
    "answer": answer,
    "choice": choice,
    "start": start,
    "hand_in": hand_in,
    "lesson": lesson,
    "mark": mark,
    "walk_in": walk_in,
    "wall": wall,
}
