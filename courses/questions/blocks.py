"""How a question of the bank is written: as its kind asks, and with the clauses it goes by."""

from wagtail import blocks

from courses.catalogue.blocks import ClausesBlock
from courses.kinds.blocks import (
    CaseBlock,
    MatchingBlock,
    MultipleBlock,
    NumericBlock,
    OrderingBlock,
    ShortBlock,
    SingleBlock,
    TrueFalseBlock,
)


class Citing(blocks.StructBlock):
    clauses = ClausesBlock()


class SingleInBank(SingleBlock, Citing):
    pass


class MultipleInBank(MultipleBlock, Citing):
    pass


class TrueFalseInBank(TrueFalseBlock, Citing):
    pass


class MatchingInBank(MatchingBlock, Citing):
    pass


class OrderingInBank(OrderingBlock, Citing):
    pass


class ShortInBank(ShortBlock, Citing):
    pass


class NumericInBank(NumericBlock, Citing):
    pass


class CaseInBank(CaseBlock, Citing):
    pass


class QuestionBlocks(blocks.StreamBlock):
    """One question of the bank."""

    single = SingleInBank()
    multiple = MultipleInBank()
    true_false = TrueFalseInBank()
    matching = MatchingInBank()
    ordering = OrderingInBank()
    short = ShortInBank()
    numeric = NumericInBank()
    case = CaseInBank()
