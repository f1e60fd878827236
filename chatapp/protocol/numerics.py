"""All numeric replies of the server (number, name, text), and the exceptions that become replies.

A numeric without a text gets its last parameter from the caller.

Source: modern IRC "Numerics", RFC 2812 section 5, IRCv3.
"""

from __future__ import annotations

from typing import NamedTuple

from chatapp.protocol.message import middle


class Numeric(NamedTuple):
    """A numeric reply: three digits, and the text of its last parameter; None if the caller gives it."""

    code: str
    text: str | None = None


RPL_WELCOME = Numeric("001")
RPL_YOURHOST = Numeric("002")
RPL_CREATED = Numeric("003")
RPL_MYINFO = Numeric("004")
RPL_ISUPPORT = Numeric("005", "are supported by this server")
RPL_STATSKLINE = Numeric("216")
RPL_ENDOFSTATS = Numeric("219", "End of STATS report")
RPL_UMODEIS = Numeric("221")
RPL_STATSUPTIME = Numeric("242")
RPL_STATSOLINE = Numeric("243")
RPL_STATSDEBUG = Numeric("249")
RPL_LUSERCLIENT = Numeric("251")
RPL_LUSEROP = Numeric("252", "operators online")
RPL_LUSERUNKNOWN = Numeric("253", "connections not yet registered")
RPL_LUSERCHANNELS = Numeric("254", "channels")
RPL_LUSERME = Numeric("255")
RPL_ADMINME = Numeric("256", "Administrative info")
RPL_ADMINLOC1 = Numeric("257")
RPL_ADMINLOC2 = Numeric("258")
RPL_LOCALUSERS = Numeric("265")
RPL_GLOBALUSERS = Numeric("266")
RPL_WHOISCERTFP = Numeric("276")
RPL_AWAY = Numeric("301")
RPL_USERHOST = Numeric("302")
RPL_ISON = Numeric("303")
RPL_UNAWAY = Numeric("305", "You are no longer marked as being away")
RPL_NOWAWAY = Numeric("306", "You have been marked as being away")
RPL_WHOISUSER = Numeric("311")
RPL_WHOISSERVER = Numeric("312")
RPL_WHOISOPERATOR = Numeric("313", "is an IRC operator")
RPL_WHOWASUSER = Numeric("314")
RPL_ENDOFWHO = Numeric("315", "End of WHO list")
RPL_WHOISIDLE = Numeric("317", "seconds idle, signon time")
RPL_ENDOFWHOIS = Numeric("318", "End of /WHOIS list")
RPL_WHOISCHANNELS = Numeric("319")
RPL_LISTSTART = Numeric("321", "Users  Name")
RPL_LIST = Numeric("322")
RPL_LISTEND = Numeric("323", "End of /LIST")
RPL_CHANNELMODEIS = Numeric("324")
RPL_CREATIONTIME = Numeric("329")
RPL_WHOISACCOUNT = Numeric("330", "is logged in as")
RPL_NOTOPIC = Numeric("331", "No topic is set")
RPL_TOPIC = Numeric("332")
RPL_TOPICWHOTIME = Numeric("333")
RPL_WHOISBOT = Numeric("335", "is a bot")
RPL_INVITELIST = Numeric("336")
RPL_ENDOFINVITELIST = Numeric("337", "End of /INVITE list")
RPL_WHOISACTUALLY = Numeric("338", "is actually using host")
RPL_INVITING = Numeric("341")
RPL_INVEXLIST = Numeric("346")
RPL_ENDOFINVEXLIST = Numeric("347", "End of channel invite exception list")
RPL_EXCEPTLIST = Numeric("348")
RPL_ENDOFEXCEPTLIST = Numeric("349", "End of channel exception list")
RPL_VERSION = Numeric("351")
RPL_WHOREPLY = Numeric("352")
RPL_NAMREPLY = Numeric("353")
RPL_WHOSPCRPL = Numeric("354")
RPL_LINKS = Numeric("364")
RPL_ENDOFLINKS = Numeric("365", "End of /LINKS list")
RPL_ENDOFNAMES = Numeric("366", "End of /NAMES list")
RPL_BANLIST = Numeric("367")
RPL_ENDOFBANLIST = Numeric("368", "End of channel ban list")
RPL_ENDOFWHOWAS = Numeric("369", "End of WHOWAS")
RPL_INFO = Numeric("371")
RPL_MOTD = Numeric("372")
RPL_ENDOFINFO = Numeric("374", "End of INFO list")
RPL_MOTDSTART = Numeric("375")
RPL_ENDOFMOTD = Numeric("376", "End of /MOTD command")
RPL_YOUREOPER = Numeric("381", "You are now an IRC operator")
RPL_REHASHING = Numeric("382")
RPL_TIME = Numeric("391")

ERR_UNKNOWNERROR = Numeric("400")
ERR_NOSUCHNICK = Numeric("401", "No such nick or channel")
ERR_NOSUCHSERVER = Numeric("402", "No such server")
ERR_NOSUCHCHANNEL = Numeric("403", "No such channel")
ERR_CANNOTSENDTOCHAN = Numeric("404")
ERR_TOOMANYCHANNELS = Numeric("405", "You have joined too many channels")
ERR_WASNOSUCHNICK = Numeric("406", "There was no such nickname")
ERR_TOOMANYTARGETS = Numeric("407", "Too many targets")
ERR_INVALIDCAPCMD = Numeric("410", "Invalid CAP command")
ERR_NORECIPIENT = Numeric("411")
ERR_NOTEXTTOSEND = Numeric("412", "No text to send")
ERR_INPUTTOOLONG = Numeric("417", "Input line was too long")
ERR_UNKNOWNCOMMAND = Numeric("421", "Unknown command")
ERR_NOMOTD = Numeric("422", "MOTD File is missing")
ERR_NONICKNAMEGIVEN = Numeric("431", "No nickname given")
ERR_ERRONEUSNICKNAME = Numeric("432")
ERR_NICKNAMEINUSE = Numeric("433", "Nickname is already in use")
ERR_TARGETTOOFAST = Numeric("439")
ERR_BANNICKCHANGE = Numeric("437", "You cannot change your nick while you are banned or muted there")
ERR_USERNOTINCHANNEL = Numeric("441", "They aren't on that channel")
ERR_NOTONCHANNEL = Numeric("442", "You're not on that channel")
ERR_USERONCHANNEL = Numeric("443", "is already on channel")
ERR_NOTREGISTERED = Numeric("451", "You have not registered")
ERR_NEEDMOREPARAMS = Numeric("461", "Not enough parameters")
ERR_ALREADYREGISTERED = Numeric("462", "You may not reregister")
ERR_PASSWDMISMATCH = Numeric("464", "Password incorrect")
ERR_YOUREBANNEDCREEP = Numeric("465")
ERR_LINKCHANNEL = Numeric("470")
ERR_CHANNELISFULL = Numeric("471", "Cannot join channel (+l)")
ERR_UNKNOWNMODE = Numeric("472", "is unknown mode char to me")
ERR_INVITEONLYCHAN = Numeric("473", "Cannot join channel (+i)")
ERR_BANNEDFROMCHAN = Numeric("474", "Cannot join channel (+b)")
ERR_BADCHANNELKEY = Numeric("475", "Cannot join channel (+k)")
ERR_NEEDREGGEDNICK = Numeric("477")
ERR_BANLISTFULL = Numeric("478", "Channel list is full")
ERR_NOPRIVILEGES = Numeric("481", "Permission Denied- You're not an IRC operator")
ERR_CHANOPRIVSNEEDED = Numeric("482", "You're not channel operator")
ERR_CANTKILLSERVER = Numeric("483", "You can't kill a server!")
ERR_UMODEUNKNOWNFLAG = Numeric("501", "Unknown MODE flag")
ERR_USERSDONTMATCH = Numeric("502", "Can't change mode for other users")
ERR_HELPNOTFOUND = Numeric("524", "No help available on this topic")
RPL_WHOISSECURE = Numeric("671", "is using a secure connection")
ERR_INVALIDMODEPARAM = Numeric("696")
RPL_HELPSTART = Numeric("704")
RPL_HELPTXT = Numeric("705")
RPL_ENDOFHELP = Numeric("706")
ERR_NOPRIVS = Numeric("723", "Insufficient oper privileges")
RPL_MONONLINE = Numeric("730")
RPL_MONOFFLINE = Numeric("731")
RPL_MONLIST = Numeric("732")
RPL_ENDOFMONLIST = Numeric("733", "End of MONITOR list")
ERR_MONLISTFULL = Numeric("734", "Monitor list is full")
RPL_WHOISKEYVALUE = Numeric("760")
RPL_KEYVALUE = Numeric("761")
RPL_KEYNOTSET = Numeric("766", "Key not set")
RPL_METADATASUBOK = Numeric("770")
RPL_METADATAUNSUBOK = Numeric("771")
RPL_METADATASUBS = Numeric("772")
RPL_METADATASYNCLATER = Numeric("774", "Please synchronize metadata later")
RPL_LOGGEDIN = Numeric("900")
RPL_LOGGEDOUT = Numeric("901", "You are now logged out")
RPL_SASLSUCCESS = Numeric("903", "SASL authentication successful")
ERR_SASLFAIL = Numeric("904", "SASL authentication failed")
ERR_SASLTOOLONG = Numeric("905", "SASL message too long")
ERR_SASLABORTED = Numeric("906", "SASL authentication aborted")
ERR_SASLALREADY = Numeric("907", "You have already authenticated using SASL")
RPL_SASLMECHS = Numeric("908", "are available SASL mechanisms")


class NumericError(Exception):
    """A command is refused with a numeric reply.

    Args:
        numeric: The reply.
        about: Its parameters after the nick; the last one is the text if the numeric has none. They may be
            user input: all others are made valid as parameters.
        fail: The same error as a standard reply, with values for programs; for sessions that know standard
            replies. None if there is none.
    """

    def __init__(self, numeric: Numeric, *about: str, fail: FailError | None = None) -> None:
        super().__init__(numeric.code, *about)
        self.numeric = numeric
        self.fail = fail
        last = len(about) if numeric.text else len(about) - 1
        self.about = (*map(middle, about[:last]), *about[last:])


class FailError(Exception):
    """A command is refused with a `FAIL` of IRCv3 standard-replies.

    Args:
        command: The command that is refused.
        code: The code of the error, such as `INVALID_PARAMS`.
        text: The sentence for the user.
        context: What the error is about, such as a channel.
    """

    def __init__(self, command: str, code: str, text: str, *context: str) -> None:
        super().__init__(command, code, text, *context)
        self.params = (command, code, *map(middle, context), text)
