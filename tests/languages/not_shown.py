"""Literals that read like words but are not shown, so they are not translated."""

from __future__ import annotations

WITHOUT_TEXTS = {
    "gui/settings/licence.py": "the licence",
    "client/text/emoji_table.py": "the names of emoji, which are English",
    "terminal/options.py": "the help of the command line, which is English",
    "gui/transcript/code_colours.py": "words of programming languages",
    "gui/theme/style_builder.py": "Tcl",
    "gui/transcript/text_images.py": "Tcl",
    "gui/widgets/file_dialogs.py": "Tcl",
    "gui/widgets/tk_process.py": "scripts of Python",
}
"""Files below chatapp/ that contain many words, but no texts, and what these words are."""

KEYS = frozenset({"Ctrl", "Alt", "Shift", "Enter", "Esc", "Del", "Tab", "PgUp", "PgDn"})
"""Names of keys as `platform_events.shown_keys` gets them, which translates them."""

NOT_SHOWN: dict[str, tuple[str, ...]] = {
    "client/json_file.py": ("not a JSON object",),
    "client/local/code_lookup.py": (
        "CAP REQ :standard-replies\r\nFINDCODE ",
        "code lookup",
    ),
    "client/local/local_server.py": ("Chatapp server",),
    "client/local/log_file.py": (
        "About",
        "Action",
        "Details",
        "Time",
        "What",
    ),
    "client/local/owner_key.py": ("chat in ",),
    "client/local/windows_credentials.py": (
        "Attributes",
        "Comment",
        "Flags",
        "Persist",
        "Type",
    ),
    "client/model/event_texts.py": ("client quit",),
    "client/model/moderation_log.py": ("for ever: ",),
    "client/model/search_filters.py": ("no such day",),
    "client/model/waiting_messages.py": ("slow mode",),
    "client/session/network_sessions.py": ("This network does not belong to the client.",),
    "client/session/own_account.py": ("Darwin",),
    "client/session/sasl.py": ("PLAIN derives no key",),
    "client/transport/file_connection.py": ("Connection", "Host"),
    "client/transport/file_download.py": ("Range",),
    "client/transport/file_requests.py": ("Authorization", "Link", "Sunset"),
    "client/transport/file_upload.py": ("Authorization", "Expect", "Location"),
    "client/transport/proxy.py": ("Proxy-Authorization: Basic ",),
    "client/transport/server_check.py": (
        "CAP LS 302",
        "CAP REQ :batch draft/extended-isupport",
    ),
    "gui/dialogs/emoji_picker.py": (
        "Down",
        "Left",
        "Next",
        "Prior",
        "Return",
        "Right",
    ),
    "gui/dialogs/jump_dialog.py": (
        "Down",
        "Next",
        "Prior",
    ),
    "gui/main/composer.py": (
        "Down",
        "End",
        "Home",
        "Next",
        "Prior",
        "Return",
    ),
    "gui/main/field_completion.py": (
        "End",
        "Home",
        "Left",
        "Right",
    ),
    "gui/main/header.py": (
        "MM…",
        "Words…",
    ),
    "gui/main/message_field.py": (
        " display lines",
        "insert display lineend",
        "insert display linestart",
        "insert linestart",
    ),
    "gui/main/network_header.py": (
        "MMM…",
        "MM…",
    ),
    "gui/main/own_card.py": ("MM…",),
    "gui/main/search_hit_list.py": ("Down",),
    "gui/main/server_rail.py": (
        "Down",
        "End",
        "Home",
    ),
    "gui/settings/about_page.py": ("), text of ",),
    "gui/settings/file_limits.py": ("oldest first",),
    "gui/settings/language_page.py": (
        "language sprache idioma lengua भाषा english deutsch español हिन्दी translation",
    ),
    "gui/settings/message_preview.py": (
        "Ana",
        "Ben",
        "Sofia",
    ),
    "gui/settings/page_list.py": (
        "Down",
        "End",
        "Home",
    ),
    "gui/settings/settings_window.py": (
        "Down",
        "Next",
        "Prior",
    ),
    "gui/theme/control_styles.py": (
        "Checkbutton",
        "Combobox",
        "Entry",
        "Horizontal",
        "Radiobutton",
        "Vertical",
        "disabled selected",
        "focus selected",
    ),
    "gui/theme/emoji.py": (
        "Apple Color Emoji",
        "Noto Color Emoji",
        "Segoe UI Emoji",
    ),
    "gui/theme/styles.py": (
        "Item",
        "Sash",
        "Treeview",
    ),
    "gui/transcript/hit_marks.py": ("tag names", "{text places} {lmap place $places {$text "),
    "gui/transcript/input.py": ("Delete",),
    "gui/transcript/message_actions.py": ("Delete",),
    "gui/transcript/message_runs.py": (
        "Messages",
        "Only",
        "The",
        "There",
        "This",
        "You",
        "Your",
    ),
    "gui/widgets/card_list.py": (
        "Down",
        "End",
        "Home",
        "Left",
        "Return",
        "Right",
    ),
    "gui/widgets/caret.py": (
        " lines lineend",
        " lines linestart",
        "Delete",
        "Text",
    ),
    "gui/widgets/context_menus.py": ("Canvas",),
    "gui/widgets/editing_keys.py": (
        "Entry",
        "Text",
    ),
    "gui/widgets/icon_button.py": ("Soft",),
    "gui/widgets/icon_menu.py": (
        "Down",
        "Escape",
        "Left",
        "Return",
        "Tab",
    ),
    "gui/widgets/key_codes.py": (
        "Down",
        "Left",
        "Right",
    ),
    "gui/widgets/message_bar.py": ("Small",),
    "gui/widgets/platform_events.py": (
        "Command",
        "Control",
        "End",
        "Home",
    ),
    "gui/widgets/popup_picker.py": (
        "Down",
        "Next",
        "Prior",
    ),
    "gui/widgets/radio_cards.py": (
        "Down",
        "Left",
        "Right",
    ),
    "gui/widgets/row_list.py": (
        "Down",
        "End",
        "Home",
        "Next",
        "Prior",
    ),
    "gui/widgets/row_painter.py": ("mmmm…",),
    "gui/widgets/shortcuts.py": ("Control",),
    "gui/widgets/tabs.py": (
        "Down",
        "Left",
        "Right",
    ),
    "terminal/account_commands.py": ("/sessions [end NUMBER|others]",),
    "terminal/console.py": ("Console",),
}
"""File below chatapp/ -> such literals in it: names of protocols, of systems, of fonts, of keys."""
