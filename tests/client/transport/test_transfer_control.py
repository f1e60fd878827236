"""What a transfer and its owner share."""

from __future__ import annotations

import select
import unittest

from chatapp.client.transport.transfer_control import TransferControl


class Control(unittest.TestCase):
    def test_cancelling_wakes_the_transfer(self) -> None:
        control = TransferControl()
        self.addCleanup(control.close)
        self.assertFalse(control.is_cancelled)
        self.assertEqual([], select.select([control.wake], [], [], 0)[0])
        control.cancel()
        self.assertTrue(control.is_cancelled)
        self.assertEqual([control.wake], select.select([control.wake], [], [], 0)[0])
        control.pause(3600.0)  # returns at once

    def test_cancelling_after_the_end_does_nothing(self) -> None:
        control = TransferControl()
        control.close()
        control.cancel()
        self.assertTrue(control.is_cancelled)
