from django.urls import path

from lms.offline import cards

urlpatterns = [
    # What somebody carries with them at work
    path("card/", cards.my_card, name="my_card"),
]
