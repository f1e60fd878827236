import unittest

from chatapp.server.net.mdns.announcer import offer_of

ONE, OTHER = "1a" * 32, "2b" * 32


class Offers(unittest.TestCase):
    def test_two_computers_of_one_name_do_not_pass_for_one(self) -> None:
        one, other = offer_of("Chatapp", 5000, ONE), offer_of("Chatapp", 5000, OTHER)
        self.assertEqual(one.instance, other.instance)
        self.assertTrue(other.conflicts_with(one.announcement()))
        self.assertNotEqual(one.host, other.host)

    def test_who_hears_the_own_words_again_keeps_the_name(self) -> None:
        one = offer_of("Chatapp", 5000, ONE)
        self.assertFalse(one.conflicts_with(one.announcement()))

    def test_a_long_name_leaves_room_for_what_tells_them_apart(self) -> None:
        offer = offer_of("x" * 100, 5000, ONE)
        self.assertTrue(offer.host.endswith("-1a1a1a1a"))
        self.assertLessEqual(len(offer.instance.encode()), 63)
