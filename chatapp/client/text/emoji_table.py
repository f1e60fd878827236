"""The table of emoji: the sequence, the name and, after a semicolon, the usual short names of each.

Emoji with a skin tone are left out. `emoji_names` reads the table, and makes the short names of the others.

Source: Unicode 15.0, emoji-test.txt: groups, order, fully-qualified sequences and names.
"""

from __future__ import annotations

TABLE = """
# Smileys
😀 grinning face; grinning
😃 grinning face with big eyes; smiley
😄 grinning face with smiling eyes; smile
😁 beaming face with smiling eyes; grin
😆 grinning squinting face; laughing satisfied
😅 grinning face with sweat; sweat_smile
🤣 rolling on the floor laughing; rofl
😂 face with tears of joy; joy
🙂 slightly smiling face; slight_smile
🙃 upside-down face; upside_down
🫠 melting face; melting
😉 winking face; wink
😊 smiling face with smiling eyes; blush
😇 smiling face with halo; innocent
🥰 smiling face with hearts; smiling_hearts
😍 smiling face with heart-eyes; heart_eyes
🤩 star-struck; star_struck
😘 face blowing a kiss; kissing_heart
😗 kissing face; kissing
☺️ smiling face; relaxed
😚 kissing face with closed eyes
😙 kissing face with smiling eyes
🥲 smiling face with tear
😋 face savoring food; yum
😛 face with tongue; stuck_out_tongue
😜 winking face with tongue; stuck_out_tongue_winking_eye
🤪 zany face; zany
😝 squinting face with tongue; stuck_out_tongue_closed_eyes
🤑 money-mouth face; money_mouth
🤗 smiling face with open hands; hugs hugging
🤭 face with hand over mouth; hand_over_mouth
🫢 face with open eyes and hand over mouth
🫣 face with peeking eye
🤫 shushing face; shush
🤔 thinking face; thinking
🫡 saluting face; salute
🤐 zipper-mouth face; zipper_mouth
🤨 face with raised eyebrow; raised_eyebrow
😐 neutral face; neutral
😑 expressionless face; expressionless
😶 face without mouth; no_mouth
🫥 dotted line face
😶‍🌫️ face in clouds; face_in_clouds
😏 smirking face; smirk
😒 unamused face; unamused
🙄 face with rolling eyes; eye_roll
😬 grimacing face; grimacing
😮‍💨 face exhaling
🤥 lying face; lying
🫨 shaking face
😌 relieved face; relieved
😔 pensive face; pensive
😪 sleepy face; sleepy
🤤 drooling face; drooling
😴 sleeping face; sleeping
😷 face with medical mask; mask
🤒 face with thermometer; thermometer_face
🤕 face with head-bandage; head_bandage
🤢 nauseated face; nauseated
🤮 face vomiting; vomiting
🤧 sneezing face; sneezing
🥵 hot face; hot
🥶 cold face; cold
🥴 woozy face; woozy
😵 face with crossed-out eyes; dizzy_face
😵‍💫 face with spiral eyes
🤯 exploding head; exploding_head mind_blown
🤠 cowboy hat face; cowboy
🥳 partying face; partying
🥸 disguised face; disguised
😎 smiling face with sunglasses; sunglasses cool_face
🤓 nerd face; nerd
🧐 face with monocle; monocle
😕 confused face; confused
🫤 face with diagonal mouth
😟 worried face; worried
🙁 slightly frowning face; slight_frown
☹️ frowning face; frowning
😮 face with open mouth; open_mouth
😯 hushed face; hushed
😲 astonished face; astonished
😳 flushed face; flushed
🥺 pleading face; pleading
🥹 face holding back tears; holding_back_tears
😦 frowning face with open mouth; frown_open
😧 anguished face; anguished
😨 fearful face; fearful
😰 anxious face with sweat; cold_sweat
😥 sad but relieved face; disappointed_relieved
😢 crying face; cry
😭 loudly crying face; sob
😱 face screaming in fear; scream
😖 confounded face; confounded
😣 persevering face; persevere
😞 disappointed face; disappointed
😓 downcast face with sweat; sweat
😩 weary face; weary
😫 tired face; tired
🥱 yawning face; yawning
😤 face with steam from nose; triumph
😡 enraged face; rage
😠 angry face; angry
🤬 face with symbols on mouth; swearing
😈 smiling face with horns; smiling_imp
👿 angry face with horns; imp
💀 skull; skull
☠️ skull and crossbones; skull_crossbones
💩 pile of poo; poop
🤡 clown face; clown
👹 ogre
👺 goblin
👻 ghost; ghost
👽 alien; alien
👾 alien monster; space_invader
🤖 robot; robot
😺 grinning cat; smiley_cat
😸 grinning cat with smiling eyes
😹 cat with tears of joy; joy_cat
😻 smiling cat with heart-eyes; heart_eyes_cat
😼 cat with wry smile
😽 kissing cat
🙀 weary cat; scream_cat
😿 crying cat; crying_cat
😾 pouting cat; pouting_cat
🙈 see-no-evil monkey; see_no_evil
🙉 hear-no-evil monkey; hear_no_evil
🙊 speak-no-evil monkey; speak_no_evil
💌 love letter
💘 heart with arrow; cupid
💝 heart with ribbon; gift_heart
💖 sparkling heart; sparkling_heart
💗 growing heart; heartpulse
💓 beating heart; heartbeat
💞 revolving hearts; revolving_hearts
💕 two hearts; two_hearts
💟 heart decoration
❣️ heart exclamation
💔 broken heart; broken_heart
❤️‍🔥 heart on fire
❤️‍🩹 mending heart
❤️ red heart; heart
🩷 pink heart
🧡 orange heart
💛 yellow heart
💚 green heart
💙 blue heart
🩵 light blue heart
💜 purple heart
🤎 brown heart
🖤 black heart
🩶 grey heart
🤍 white heart
💋 kiss mark; kiss_mark
💯 hundred points; 100
💢 anger symbol; anger
💥 collision; boom
💫 dizzy; dizzy
💦 sweat droplets; sweat_drops
💨 dashing away; dash
🕳️ hole
💬 speech balloon; speech
👁️‍🗨️ eye in speech bubble
🗨️ left speech bubble
🗯️ right anger bubble
💭 thought balloon; thought
💤 ZZZ; zzz
# People
👋 waving hand; wave
🤚 raised back of hand; raised_back_of_hand
🖐️ hand with fingers splayed; splayed_hand
✋ raised hand; raised_hand
🖖 vulcan salute; vulcan spock
🫱 rightwards hand
🫲 leftwards hand
🫳 palm down hand
🫴 palm up hand
🫷 leftwards pushing hand
🫸 rightwards pushing hand
👌 OK hand; ok_hand
🤌 pinched fingers; pinched_fingers
🤏 pinching hand
✌️ victory hand; v
🤞 crossed fingers; crossed_fingers
🫰 hand with index finger and thumb crossed
🤟 love-you gesture; love_you
🤘 sign of the horns; metal
🤙 call me hand; call_me
👈 backhand index pointing left; point_left
👉 backhand index pointing right; point_right
👆 backhand index pointing up; point_up_2
🖕 middle finger; middle_finger
👇 backhand index pointing down; point_down
☝️ index pointing up; point_up
🫵 index pointing at the viewer
👍 thumbs up; +1 thumbsup
👎 thumbs down; -1 thumbsdown
✊ raised fist; fist
👊 oncoming fist; punch
🤛 left-facing fist; fist_left
🤜 right-facing fist; fist_right
👏 clapping hands; clap
🙌 raising hands; raised_hands
🫶 heart hands; heart_hands
👐 open hands; open_hands
🤲 palms up together; palms_up
🤝 handshake
🙏 folded hands; pray thanks
✍️ writing hand; writing
💅 nail polish; nail_care
🤳 selfie
💪 flexed biceps; muscle
🦾 mechanical arm
🦿 mechanical leg
🦵 leg
🦶 foot
👂 ear
🦻 ear with hearing aid; hearing_aid
👃 nose
🧠 brain; brain
🫀 anatomical heart
🫁 lungs
🦷 tooth
🦴 bone
👀 eyes; eyes
👁️ eye; eye
👅 tongue
👄 mouth
🫦 biting lip
👶 baby
🧒 child
👦 boy
👧 girl
🧑 person
👱 person: blond hair
👨 man
🧔 person: beard
🧔‍♂️ man: beard
🧔‍♀️ woman: beard
👨‍🦰 man: red hair
👨‍🦱 man: curly hair
👨‍🦳 man: white hair
👨‍🦲 man: bald
👩 woman
👩‍🦰 woman: red hair
🧑‍🦰 person: red hair
👩‍🦱 woman: curly hair
🧑‍🦱 person: curly hair
👩‍🦳 woman: white hair
🧑‍🦳 person: white hair
👩‍🦲 woman: bald
🧑‍🦲 person: bald
👱‍♀️ woman: blond hair
👱‍♂️ man: blond hair
🧓 older person
👴 old man
👵 old woman
🙍 person frowning; frowning_person
🙍‍♂️ man frowning
🙍‍♀️ woman frowning
🙎 person pouting; pouting_person
🙎‍♂️ man pouting
🙎‍♀️ woman pouting
🙅 person gesturing NO; no_good
🙅‍♂️ man gesturing NO
🙅‍♀️ woman gesturing NO
🙆 person gesturing OK; ok_person
🙆‍♂️ man gesturing OK
🙆‍♀️ woman gesturing OK
💁 person tipping hand; tipping_hand
💁‍♂️ man tipping hand
💁‍♀️ woman tipping hand
🙋 person raising hand; raising_hand
🙋‍♂️ man raising hand
🙋‍♀️ woman raising hand
🧏 deaf person
🧏‍♂️ deaf man
🧏‍♀️ deaf woman
🙇 person bowing; bow
🙇‍♂️ man bowing
🙇‍♀️ woman bowing
🤦 person facepalming; facepalm
🤦‍♂️ man facepalming
🤦‍♀️ woman facepalming
🤷 person shrugging; shrug
🤷‍♂️ man shrugging
🤷‍♀️ woman shrugging
🧑‍⚕️ health worker
👨‍⚕️ man health worker
👩‍⚕️ woman health worker
🧑‍🎓 student
👨‍🎓 man student
👩‍🎓 woman student
🧑‍🏫 teacher
👨‍🏫 man teacher
👩‍🏫 woman teacher
🧑‍⚖️ judge
👨‍⚖️ man judge
👩‍⚖️ woman judge
🧑‍🌾 farmer
👨‍🌾 man farmer
👩‍🌾 woman farmer
🧑‍🍳 cook
👨‍🍳 man cook
👩‍🍳 woman cook
🧑‍🔧 mechanic
👨‍🔧 man mechanic
👩‍🔧 woman mechanic
🧑‍🏭 factory worker
👨‍🏭 man factory worker
👩‍🏭 woman factory worker
🧑‍💼 office worker
👨‍💼 man office worker
👩‍💼 woman office worker
🧑‍🔬 scientist
👨‍🔬 man scientist
👩‍🔬 woman scientist
🧑‍💻 technologist
👨‍💻 man technologist
👩‍💻 woman technologist
🧑‍🎤 singer
👨‍🎤 man singer
👩‍🎤 woman singer
🧑‍🎨 artist
👨‍🎨 man artist
👩‍🎨 woman artist
🧑‍✈️ pilot
👨‍✈️ man pilot
👩‍✈️ woman pilot
🧑‍🚀 astronaut
👨‍🚀 man astronaut
👩‍🚀 woman astronaut
🧑‍🚒 firefighter
👨‍🚒 man firefighter
👩‍🚒 woman firefighter
👮 police officer
👮‍♂️ man police officer
👮‍♀️ woman police officer
🕵️ detective
🕵️‍♂️ man detective
🕵️‍♀️ woman detective
💂 guard
💂‍♂️ man guard
💂‍♀️ woman guard
🥷 ninja
👷 construction worker
👷‍♂️ man construction worker
👷‍♀️ woman construction worker
🫅 person with crown
🤴 prince
👸 princess
👳 person wearing turban
👳‍♂️ man wearing turban
👳‍♀️ woman wearing turban
👲 person with skullcap
🧕 woman with headscarf
🤵 person in tuxedo
🤵‍♂️ man in tuxedo
🤵‍♀️ woman in tuxedo
👰 person with veil
👰‍♂️ man with veil
👰‍♀️ woman with veil
🤰 pregnant woman
🫃 pregnant man
🫄 pregnant person
🤱 breast-feeding
👩‍🍼 woman feeding baby
👨‍🍼 man feeding baby
🧑‍🍼 person feeding baby
👼 baby angel
🎅 Santa Claus
🤶 Mrs. Claus
🧑‍🎄 mx claus
🦸 superhero
🦸‍♂️ man superhero
🦸‍♀️ woman superhero
🦹 supervillain
🦹‍♂️ man supervillain
🦹‍♀️ woman supervillain
🧙 mage
🧙‍♂️ man mage
🧙‍♀️ woman mage
🧚 fairy
🧚‍♂️ man fairy
🧚‍♀️ woman fairy
🧛 vampire
🧛‍♂️ man vampire
🧛‍♀️ woman vampire
🧜 merperson
🧜‍♂️ merman
🧜‍♀️ mermaid
🧝 elf
🧝‍♂️ man elf
🧝‍♀️ woman elf
🧞 genie
🧞‍♂️ man genie
🧞‍♀️ woman genie
🧟 zombie
🧟‍♂️ man zombie
🧟‍♀️ woman zombie
🧌 troll
💆 person getting massage
💆‍♂️ man getting massage
💆‍♀️ woman getting massage
💇 person getting haircut
💇‍♂️ man getting haircut
💇‍♀️ woman getting haircut
🚶 person walking; walking
🚶‍♂️ man walking
🚶‍♀️ woman walking
🧍 person standing
🧍‍♂️ man standing
🧍‍♀️ woman standing
🧎 person kneeling
🧎‍♂️ man kneeling
🧎‍♀️ woman kneeling
🧑‍🦯 person with white cane
👨‍🦯 man with white cane
👩‍🦯 woman with white cane
🧑‍🦼 person in motorized wheelchair
👨‍🦼 man in motorized wheelchair
👩‍🦼 woman in motorized wheelchair
🧑‍🦽 person in manual wheelchair
👨‍🦽 man in manual wheelchair
👩‍🦽 woman in manual wheelchair
🏃 person running; running
🏃‍♂️ man running
🏃‍♀️ woman running
💃 woman dancing; dancer
🕺 man dancing; man_dancing
🕴️ person in suit levitating
👯 people with bunny ears
👯‍♂️ men with bunny ears
👯‍♀️ women with bunny ears
🧖 person in steamy room
🧖‍♂️ man in steamy room
🧖‍♀️ woman in steamy room
🧗 person climbing
🧗‍♂️ man climbing
🧗‍♀️ woman climbing
🤺 person fencing
🏇 horse racing
⛷️ skier
🏂 snowboarder
🏌️ person golfing
🏌️‍♂️ man golfing
🏌️‍♀️ woman golfing
🏄 person surfing
🏄‍♂️ man surfing
🏄‍♀️ woman surfing
🚣 person rowing boat
🚣‍♂️ man rowing boat
🚣‍♀️ woman rowing boat
🏊 person swimming
🏊‍♂️ man swimming
🏊‍♀️ woman swimming
⛹️ person bouncing ball
⛹️‍♂️ man bouncing ball
⛹️‍♀️ woman bouncing ball
🏋️ person lifting weights
🏋️‍♂️ man lifting weights
🏋️‍♀️ woman lifting weights
🚴 person biking
🚴‍♂️ man biking
🚴‍♀️ woman biking
🚵 person mountain biking
🚵‍♂️ man mountain biking
🚵‍♀️ woman mountain biking
🤸 person cartwheeling
🤸‍♂️ man cartwheeling
🤸‍♀️ woman cartwheeling
🤼 people wrestling
🤼‍♂️ men wrestling
🤼‍♀️ women wrestling
🤽 person playing water polo
🤽‍♂️ man playing water polo
🤽‍♀️ woman playing water polo
🤾 person playing handball
🤾‍♂️ man playing handball
🤾‍♀️ woman playing handball
🤹 person juggling
🤹‍♂️ man juggling
🤹‍♀️ woman juggling
🧘 person in lotus position
🧘‍♂️ man in lotus position
🧘‍♀️ woman in lotus position
🛀 person taking bath
🛌 person in bed
🧑‍🤝‍🧑 people holding hands
👭 women holding hands
👫 woman and man holding hands
👬 men holding hands
💏 kiss
👩‍❤️‍💋‍👨 kiss: woman, man
👨‍❤️‍💋‍👨 kiss: man, man
👩‍❤️‍💋‍👩 kiss: woman, woman
💑 couple with heart
👩‍❤️‍👨 couple with heart: woman, man
👨‍❤️‍👨 couple with heart: man, man
👩‍❤️‍👩 couple with heart: woman, woman
👪 family
👨‍👩‍👦 family: man, woman, boy
👨‍👩‍👧 family: man, woman, girl
👨‍👩‍👧‍👦 family: man, woman, girl, boy
👨‍👩‍👦‍👦 family: man, woman, boy, boy
👨‍👩‍👧‍👧 family: man, woman, girl, girl
👨‍👨‍👦 family: man, man, boy
👨‍👨‍👧 family: man, man, girl
👨‍👨‍👧‍👦 family: man, man, girl, boy
👨‍👨‍👦‍👦 family: man, man, boy, boy
👨‍👨‍👧‍👧 family: man, man, girl, girl
👩‍👩‍👦 family: woman, woman, boy
👩‍👩‍👧 family: woman, woman, girl
👩‍👩‍👧‍👦 family: woman, woman, girl, boy
👩‍👩‍👦‍👦 family: woman, woman, boy, boy
👩‍👩‍👧‍👧 family: woman, woman, girl, girl
👨‍👦 family: man, boy
👨‍👦‍👦 family: man, boy, boy
👨‍👧 family: man, girl
👨‍👧‍👦 family: man, girl, boy
👨‍👧‍👧 family: man, girl, girl
👩‍👦 family: woman, boy
👩‍👦‍👦 family: woman, boy, boy
👩‍👧 family: woman, girl
👩‍👧‍👦 family: woman, girl, boy
👩‍👧‍👧 family: woman, girl, girl
🗣️ speaking head
👤 bust in silhouette; person_silhouette
👥 busts in silhouette; people
🫂 people hugging
👣 footprints; footprints
# Animals and nature
🐵 monkey face; monkey_face
🐒 monkey
🦍 gorilla
🦧 orangutan
🐶 dog face; dog
🐕 dog; dog2
🦮 guide dog
🐕‍🦺 service dog
🐩 poodle
🐺 wolf
🦊 fox
🦝 raccoon
🐱 cat face; cat
🐈 cat; cat2
🐈‍⬛ black cat
🦁 lion
🐯 tiger face; tiger
🐅 tiger; tiger2
🐆 leopard
🐴 horse face; horse
🫎 moose
🫏 donkey
🐎 horse; horse2
🦄 unicorn
🦓 zebra
🦌 deer
🦬 bison
🐮 cow face; cow
🐂 ox
🐃 water buffalo
🐄 cow; cow2
🐷 pig face; pig
🐖 pig; pig2
🐗 boar
🐽 pig nose
🐏 ram
🐑 ewe
🐐 goat
🐪 camel
🐫 two-hump camel
🦙 llama
🦒 giraffe
🐘 elephant
🦣 mammoth
🦏 rhinoceros
🦛 hippopotamus
🐭 mouse face; mouse
🐁 mouse; mouse2
🐀 rat
🐹 hamster
🐰 rabbit face; rabbit
🐇 rabbit; rabbit2
🐿️ chipmunk
🦫 beaver
🦔 hedgehog
🦇 bat
🐻 bear; bear
🐻‍❄️ polar bear
🐨 koala
🐼 panda; panda_face
🦥 sloth
🦦 otter
🦨 skunk
🦘 kangaroo
🦡 badger
🐾 paw prints
🦃 turkey
🐔 chicken
🐓 rooster
🐣 hatching chick
🐤 baby chick; baby_chick
🐥 front-facing baby chick; hatched_chick
🐦 bird
🐧 penguin
🕊️ dove
🦅 eagle
🦆 duck
🦢 swan
🦉 owl
🦤 dodo
🪶 feather
🦩 flamingo
🦚 peacock
🦜 parrot
🪽 wing
🐦‍⬛ black bird
🪿 goose
🐸 frog
🐊 crocodile
🐢 turtle
🦎 lizard
🐍 snake
🐲 dragon face
🐉 dragon
🦕 sauropod
🦖 T-Rex
🐳 spouting whale; whale
🐋 whale; whale2
🐬 dolphin
🦭 seal
🐟 fish
🐠 tropical fish
🐡 blowfish
🦈 shark
🐙 octopus
🐚 spiral shell
🪸 coral
🪼 jellyfish
🐌 snail
🦋 butterfly
🐛 bug; bug
🐜 ant
🐝 honeybee; bee
🪲 beetle
🐞 lady beetle; ladybug
🦗 cricket
🪳 cockroach
🕷️ spider
🕸️ spider web
🦂 scorpion
🦟 mosquito
🪰 fly
🪱 worm
🦠 microbe
💐 bouquet; bouquet
🌸 cherry blossom; cherry_blossom
💮 white flower
🪷 lotus
🏵️ rosette
🌹 rose
🥀 wilted flower
🌺 hibiscus
🌻 sunflower
🌼 blossom
🌷 tulip
🪻 hyacinth
🌱 seedling
🪴 potted plant
🌲 evergreen tree
🌳 deciduous tree
🌴 palm tree
🌵 cactus
🌾 sheaf of rice
🌿 herb
☘️ shamrock
🍀 four leaf clover; four_leaf_clover
🍁 maple leaf; maple_leaf
🍂 fallen leaf
🍃 leaf fluttering in wind
🪹 empty nest
🪺 nest with eggs
🍄 mushroom
# Food and drink
🍇 grapes
🍈 melon
🍉 watermelon
🍊 tangerine
🍋 lemon
🍌 banana
🍍 pineapple
🥭 mango
🍎 red apple; apple
🍏 green apple
🍐 pear
🍑 peach
🍒 cherries
🍓 strawberry
🫐 blueberries
🥝 kiwi fruit
🍅 tomato
🫒 olive
🥥 coconut
🥑 avocado
🍆 eggplant
🥔 potato
🥕 carrot
🌽 ear of corn; corn
🌶️ hot pepper; hot_pepper
🫑 bell pepper
🥒 cucumber
🥬 leafy green
🥦 broccoli
🧄 garlic
🧅 onion
🥜 peanuts
🫘 beans
🌰 chestnut
🫚 ginger root
🫛 pea pod
🍞 bread; bread
🥐 croissant
🥖 baguette bread
🫓 flatbread
🥨 pretzel
🥯 bagel
🥞 pancakes
🧇 waffle
🧀 cheese wedge; cheese
🍖 meat on bone
🍗 poultry leg
🥩 cut of meat
🥓 bacon
🍔 hamburger; burger
🍟 french fries; fries
🍕 pizza; pizza
🌭 hot dog
🥪 sandwich
🌮 taco
🌯 burrito
🫔 tamale
🥙 stuffed flatbread
🧆 falafel
🥚 egg
🍳 cooking; egg_frying
🥘 shallow pan of food
🍲 pot of food
🫕 fondue
🥣 bowl with spoon
🥗 green salad
🍿 popcorn
🧈 butter
🧂 salt
🥫 canned food
🍱 bento box
🍘 rice cracker
🍙 rice ball
🍚 cooked rice
🍛 curry rice
🍜 steaming bowl
🍝 spaghetti
🍠 roasted sweet potato
🍢 oden
🍣 sushi
🍤 fried shrimp
🍥 fish cake with swirl
🥮 moon cake
🍡 dango
🥟 dumpling
🥠 fortune cookie
🥡 takeout box
🦀 crab
🦞 lobster
🦐 shrimp
🦑 squid
🦪 oyster
🍦 soft ice cream; icecream
🍧 shaved ice
🍨 ice cream; ice_cream
🍩 doughnut; donut
🍪 cookie
🎂 birthday cake; birthday
🍰 shortcake; cake
🧁 cupcake
🥧 pie
🍫 chocolate bar
🍬 candy
🍭 lollipop
🍮 custard
🍯 honey pot
🍼 baby bottle; baby_bottle
🥛 glass of milk
☕ hot beverage; coffee
🫖 teapot
🍵 teacup without handle; tea
🍶 sake
🍾 bottle with popping cork
🍷 wine glass; wine
🍸 cocktail glass; cocktail
🍹 tropical drink
🍺 beer mug; beer
🍻 clinking beer mugs; beers
🥂 clinking glasses; clinking_glasses cheers
🥃 tumbler glass
🫗 pouring liquid
🥤 cup with straw
🧋 bubble tea
🧃 beverage box
🧉 mate
🧊 ice
🥢 chopsticks
🍽️ fork and knife with plate
🍴 fork and knife; fork_and_knife
🥄 spoon
🔪 kitchen knife
🫙 jar
🏺 amphora
# Activities
🎃 jack-o-lantern; jack_o_lantern
🎄 Christmas tree; christmas_tree
🎆 fireworks
🎇 sparkler
🧨 firecracker
✨ sparkles; sparkles
🎈 balloon; balloon
🎉 party popper; tada
🎊 confetti ball; confetti_ball
🎋 tanabata tree
🎍 pine decoration
🎎 Japanese dolls
🎏 carp streamer
🎐 wind chime
🎑 moon viewing ceremony
🧧 red envelope
🎀 ribbon; ribbon
🎁 wrapped gift; gift
🎗️ reminder ribbon
🎟️ admission tickets
🎫 ticket
🎖️ military medal
🏆 trophy; trophy
🏅 sports medal; medal
🥇 1st place medal; first_place
🥈 2nd place medal; second_place
🥉 3rd place medal; third_place
⚽ soccer ball; soccer
⚾ baseball
🥎 softball
🏀 basketball
🏐 volleyball
🏈 american football; football
🏉 rugby football
🎾 tennis
🥏 flying disc
🎳 bowling
🏏 cricket game
🏑 field hockey
🏒 ice hockey
🥍 lacrosse
🏓 ping pong
🏸 badminton
🥊 boxing glove
🥋 martial arts uniform
🥅 goal net
⛳ flag in hole
⛸️ ice skate
🎣 fishing pole
🤿 diving mask
🎽 running shirt
🎿 skis
🛷 sled
🥌 curling stone
🎯 bullseye; dart
🪀 yo-yo
🪁 kite
🔫 water pistol
🎱 pool 8 ball
🔮 crystal ball; crystal_ball
🪄 magic wand
🎮 video game; video_game
🕹️ joystick
🎰 slot machine
🎲 game die; die
🧩 puzzle piece; puzzle
🧸 teddy bear
🪅 piñata
🪩 mirror ball
🪆 nesting dolls
♠️ spade suit
♥️ heart suit
♦️ diamond suit
♣️ club suit
♟️ chess pawn
🃏 joker
🀄 mahjong red dragon
🎴 flower playing cards
🎭 performing arts; drama
🖼️ framed picture
🎨 artist palette; art
🧵 thread
🪡 sewing needle
🧶 yarn
🪢 knot
# Travel and places
🌍 globe showing Europe-Africa; earth_africa
🌎 globe showing Americas; earth_americas
🌏 globe showing Asia-Australia; earth_asia
🌐 globe with meridians
🗺️ world map
🗾 map of Japan
🧭 compass
🏔️ snow-capped mountain
⛰️ mountain
🌋 volcano
🗻 mount fuji
🏕️ camping
🏖️ beach with umbrella
🏜️ desert
🏝️ desert island
🏞️ national park
🏟️ stadium
🏛️ classical building
🏗️ building construction
🧱 brick
🪨 rock
🪵 wood
🛖 hut
🏘️ houses
🏚️ derelict house
🏠 house; house
🏡 house with garden
🏢 office building; office
🏣 Japanese post office
🏤 post office
🏥 hospital
🏦 bank
🏨 hotel
🏩 love hotel
🏪 convenience store
🏫 school; school
🏬 department store
🏭 factory
🏯 Japanese castle
🏰 castle
💒 wedding
🗼 Tokyo tower
🗽 Statue of Liberty
⛪ church
🕌 mosque
🛕 hindu temple
🕍 synagogue
⛩️ shinto shrine
🕋 kaaba
⛲ fountain
⛺ tent
🌁 foggy
🌃 night with stars
🏙️ cityscape
🌄 sunrise over mountains
🌅 sunrise
🌆 cityscape at dusk
🌇 sunset
🌉 bridge at night
♨️ hot springs
🎠 carousel horse
🛝 playground slide
🎡 ferris wheel
🎢 roller coaster
💈 barber pole
🎪 circus tent
🚂 locomotive
🚃 railway car
🚄 high-speed train
🚅 bullet train
🚆 train
🚇 metro
🚈 light rail
🚉 station
🚊 tram
🚝 monorail
🚞 mountain railway
🚋 tram car
🚌 bus
🚍 oncoming bus
🚎 trolleybus
🚐 minibus
🚑 ambulance
🚒 fire engine
🚓 police car; police_car
🚔 oncoming police car
🚕 taxi
🚖 oncoming taxi
🚗 automobile; car
🚘 oncoming automobile
🚙 sport utility vehicle
🛻 pickup truck
🚚 delivery truck
🚛 articulated lorry
🚜 tractor
🏎️ racing car
🏍️ motorcycle
🛵 motor scooter
🦽 manual wheelchair
🦼 motorized wheelchair
🛺 auto rickshaw
🚲 bicycle; bike
🛴 kick scooter
🛹 skateboard
🛼 roller skate
🚏 bus stop
🛣️ motorway
🛤️ railway track
🛢️ oil drum
⛽ fuel pump
🛞 wheel
🚨 police car light; rotating_light siren
🚥 horizontal traffic light
🚦 vertical traffic light
🛑 stop sign
🚧 construction; construction
⚓ anchor
🛟 ring buoy
⛵ sailboat
🛶 canoe
🚤 speedboat
🛳️ passenger ship
⛴️ ferry
🛥️ motor boat
🚢 ship
✈️ airplane; airplane
🛩️ small airplane
🛫 airplane departure
🛬 airplane arrival
🪂 parachute
💺 seat
🚁 helicopter
🚟 suspension railway
🚠 mountain cableway
🚡 aerial tramway
🛰️ satellite
🚀 rocket; rocket
🛸 flying saucer
🛎️ bellhop bell
🧳 luggage
⌛ hourglass done; hourglass
⏳ hourglass not done; hourglass_flowing
⌚ watch
⏰ alarm clock; alarm_clock
⏱️ stopwatch
⏲️ timer clock
🕰️ mantelpiece clock
🕛 twelve o’clock
🕧 twelve-thirty
🕐 one o’clock
🕜 one-thirty
🕑 two o’clock
🕝 two-thirty
🕒 three o’clock
🕞 three-thirty
🕓 four o’clock
🕟 four-thirty
🕔 five o’clock
🕠 five-thirty
🕕 six o’clock
🕡 six-thirty
🕖 seven o’clock
🕢 seven-thirty
🕗 eight o’clock; clock8
🕣 eight-thirty
🕘 nine o’clock
🕤 nine-thirty
🕙 ten o’clock
🕥 ten-thirty
🕚 eleven o’clock
🕦 eleven-thirty
🌑 new moon
🌒 waxing crescent moon
🌓 first quarter moon
🌔 waxing gibbous moon
🌕 full moon
🌖 waning gibbous moon
🌗 last quarter moon
🌘 waning crescent moon
🌙 crescent moon
🌚 new moon face
🌛 first quarter moon face
🌜 last quarter moon face
🌡️ thermometer
☀️ sun; sunny
🌝 full moon face
🌞 sun with face
🪐 ringed planet
⭐ star; star
🌟 glowing star; star2
🌠 shooting star; stars
🌌 milky way
☁️ cloud
⛅ sun behind cloud; partly_sunny
⛈️ cloud with lightning and rain
🌤️ sun behind small cloud
🌥️ sun behind large cloud
🌦️ sun behind rain cloud
🌧️ cloud with rain
🌨️ cloud with snow
🌩️ cloud with lightning; lightning_cloud
🌪️ tornado
🌫️ fog
🌬️ wind face
🌀 cyclone
🌈 rainbow
🌂 closed umbrella
☂️ umbrella; umbrella2
☔ umbrella with rain drops; umbrella
⛱️ umbrella on ground
⚡ high voltage; zap
❄️ snowflake; snowflake
☃️ snowman; snowman2
⛄ snowman without snow; snowman
☄️ comet
🔥 fire; fire
💧 droplet; droplet
🌊 water wave; ocean
# Objects
👓 glasses; glasses
🕶️ sunglasses; dark_sunglasses
🥽 goggles
🥼 lab coat
🦺 safety vest
👔 necktie
👕 t-shirt
👖 jeans
🧣 scarf
🧤 gloves
🧥 coat
🧦 socks
👗 dress
👘 kimono
🥻 sari
🩱 one-piece swimsuit
🩲 briefs
🩳 shorts
👙 bikini
👚 woman’s clothes
🪭 folding hand fan
👛 purse
👜 handbag
👝 clutch bag
🛍️ shopping bags
🎒 backpack
🩴 thong sandal
👞 man’s shoe
👟 running shoe
🥾 hiking boot
🥿 flat shoe
👠 high-heeled shoe
👡 woman’s sandal
🩰 ballet shoes
👢 woman’s boot
🪮 hair pick
👑 crown; crown
👒 woman’s hat
🎩 top hat
🎓 graduation cap; mortar_board
🧢 billed cap
🪖 military helmet
⛑️ rescue worker’s helmet
📿 prayer beads
💄 lipstick
💍 ring; ring
💎 gem stone; gem
🔇 muted speaker
🔈 speaker low volume
🔉 speaker medium volume
🔊 speaker high volume
📢 loudspeaker; loudspeaker
📣 megaphone; mega
📯 postal horn
🔔 bell; bell
🔕 bell with slash; no_bell
🎼 musical score
🎵 musical note; musical_note
🎶 musical notes; notes
🎙️ studio microphone
🎚️ level slider
🎛️ control knobs
🎤 microphone; microphone
🎧 headphone; headphones
📻 radio
🎷 saxophone
🪗 accordion
🎸 guitar
🎹 musical keyboard
🎺 trumpet
🎻 violin
🪕 banjo
🥁 drum
🪘 long drum
🪇 maracas
🪈 flute
📱 mobile phone; phone
📲 mobile phone with arrow
☎️ telephone; telephone
📞 telephone receiver
📟 pager
📠 fax machine
🔋 battery
🪫 low battery
🔌 electric plug
💻 laptop; computer
🖥️ desktop computer; desktop
🖨️ printer
⌨️ keyboard
🖱️ computer mouse
🖲️ trackball
💽 computer disk
💾 floppy disk; floppy_disk save
💿 optical disk
📀 dvd
🧮 abacus
🎥 movie camera
🎞️ film frames
📽️ film projector
🎬 clapper board
📺 television
📷 camera
📸 camera with flash
📹 video camera
📼 videocassette
🔍 magnifying glass tilted left; mag
🔎 magnifying glass tilted right; mag_right
🕯️ candle
💡 light bulb; bulb
🔦 flashlight
🏮 red paper lantern
🪔 diya lamp
📔 notebook with decorative cover
📕 closed book
📖 open book; book
📗 green book
📘 blue book
📙 orange book
📚 books; books
📓 notebook
📒 ledger
📃 page with curl
📜 scroll
📄 page facing up
📰 newspaper
🗞️ rolled-up newspaper
📑 bookmark tabs
🔖 bookmark
🏷️ label
💰 money bag; moneybag
🪙 coin
💴 yen banknote
💵 dollar banknote; dollar
💶 euro banknote
💷 pound banknote
💸 money with wings
💳 credit card
🧾 receipt
💹 chart increasing with yen
✉️ envelope; email
📧 e-mail; e_mail
📨 incoming envelope; incoming_envelope
📩 envelope with arrow
📤 outbox tray
📥 inbox tray
📦 package; package
📫 closed mailbox with raised flag
📪 closed mailbox with lowered flag
📬 open mailbox with raised flag
📭 open mailbox with lowered flag
📮 postbox
🗳️ ballot box with ballot
✏️ pencil; pencil2
✒️ black nib
🖋️ fountain pen
🖊️ pen
🖌️ paintbrush
🖍️ crayon
📝 memo; memo pencil
💼 briefcase
📁 file folder; file_folder
📂 open file folder
🗂️ card index dividers
📅 calendar; date
📆 tear-off calendar
🗒️ spiral notepad
🗓️ spiral calendar; calendar_spiral
📇 card index
📈 chart increasing; chart_up
📉 chart decreasing; chart_down
📊 bar chart; bar_chart
📋 clipboard; clipboard
📌 pushpin; pushpin
📍 round pushpin; round_pushpin
📎 paperclip; paperclip
🖇️ linked paperclips
📏 straight ruler
📐 triangular ruler
✂️ scissors
🗃️ card file box
🗄️ file cabinet
🗑️ wastebasket; wastebasket
🔒 locked; lock
🔓 unlocked; unlock
🔏 locked with pen
🔐 locked with key
🔑 key; key
🗝️ old key
🔨 hammer; hammer
🪓 axe
⛏️ pick
⚒️ hammer and pick
🛠️ hammer and wrench; tools
🗡️ dagger
⚔️ crossed swords
💣 bomb; bomb
🪃 boomerang
🏹 bow and arrow
🛡️ shield
🪚 carpentry saw
🔧 wrench; wrench
🪛 screwdriver
🔩 nut and bolt
⚙️ gear; gear
🗜️ clamp
⚖️ balance scale
🦯 white cane
🔗 link; link
⛓️ chains
🪝 hook
🧰 toolbox
🧲 magnet
🪜 ladder
⚗️ alembic
🧪 test tube; test_tube
🧫 petri dish
🧬 dna
🔬 microscope
🔭 telescope
📡 satellite antenna
💉 syringe
🩸 drop of blood
💊 pill
🩹 adhesive bandage
🩼 crutch
🩺 stethoscope
🩻 x-ray
🚪 door
🛗 elevator
🪞 mirror
🪟 window
🛏️ bed
🛋️ couch and lamp
🪑 chair
🚽 toilet
🪠 plunger
🚿 shower
🛁 bathtub
🪤 mouse trap
🪒 razor
🧴 lotion bottle
🧷 safety pin
🧹 broom
🧺 basket
🧻 roll of paper
🪣 bucket
🧼 soap
🫧 bubbles
🪥 toothbrush
🧽 sponge
🧯 fire extinguisher
🛒 shopping cart
🚬 cigarette
⚰️ coffin; coffin
🪦 headstone
⚱️ funeral urn
🧿 nazar amulet
🪬 hamsa
🗿 moai
🪧 placard
🪪 identification card
# Symbols
🏧 ATM sign
🚮 litter in bin sign
🚰 potable water
♿ wheelchair symbol
🚹 men’s room
🚺 women’s room
🚻 restroom
🚼 baby symbol
🚾 water closet
🛂 passport control
🛃 customs
🛄 baggage claim
🛅 left luggage
⚠️ warning; warning
🚸 children crossing
⛔ no entry; no_entry
🚫 prohibited; no_entry_sign
🚳 no bicycles
🚭 no smoking
🚯 no littering
🚱 non-potable water
🚷 no pedestrians
📵 no mobile phones
🔞 no one under eighteen
☢️ radioactive
☣️ biohazard
⬆️ up arrow; arrow_up
↗️ up-right arrow
➡️ right arrow; arrow_right
↘️ down-right arrow
⬇️ down arrow; arrow_down
↙️ down-left arrow
⬅️ left arrow; arrow_left
↖️ up-left arrow
↕️ up-down arrow
↔️ left-right arrow
↩️ right arrow curving left
↪️ left arrow curving right
⤴️ right arrow curving up
⤵️ right arrow curving down
🔃 clockwise vertical arrows; arrows_clockwise
🔄 counterclockwise arrows button; arrows_counterclockwise
🔙 BACK arrow
🔚 END arrow
🔛 ON! arrow
🔜 SOON arrow
🔝 TOP arrow
🛐 place of worship
⚛️ atom symbol
🕉️ om
✡️ star of David
☸️ wheel of dharma
☯️ yin yang
✝️ latin cross
☦️ orthodox cross
☪️ star and crescent
☮️ peace symbol
🕎 menorah
🔯 dotted six-pointed star
🪯 khanda
♈ Aries
♉ Taurus
♊ Gemini
♋ Cancer
♌ Leo
♍ Virgo
♎ Libra
♏ Scorpio
♐ Sagittarius
♑ Capricorn
♒ Aquarius
♓ Pisces
⛎ Ophiuchus
🔀 shuffle tracks button
🔁 repeat button
🔂 repeat single button
▶️ play button; arrow_forward
⏩ fast-forward button; fast_forward
⏭️ next track button
⏯️ play or pause button
◀️ reverse button
⏪ fast reverse button
⏮️ last track button
🔼 upwards button
⏫ fast up button
🔽 downwards button
⏬ fast down button
⏸️ pause button; pause
⏹️ stop button; stop
⏺️ record button
⏏️ eject button
🎦 cinema
🔅 dim button
🔆 bright button
📶 antenna bars
🛜 wireless
📳 vibration mode
📴 mobile phone off
♀️ female sign
♂️ male sign
⚧️ transgender symbol
✖️ multiply
➕ plus; plus
➖ minus; minus
➗ divide
🟰 heavy equals sign
♾️ infinity; infinity
‼️ double exclamation mark; bangbang
⁉️ exclamation question mark; interrobang
❓ red question mark; question
❔ white question mark; grey_question
❕ white exclamation mark; grey_exclamation
❗ red exclamation mark; exclamation
〰️ wavy dash
💱 currency exchange
💲 heavy dollar sign
⚕️ medical symbol
♻️ recycling symbol; recycle
⚜️ fleur-de-lis
🔱 trident emblem
📛 name badge
🔰 Japanese symbol for beginner
⭕ hollow red circle
✅ check mark button; white_check_mark
☑️ check box with check; ballot_check
✔️ check mark; check
❌ cross mark; x
❎ cross mark button; cross_button
➰ curly loop
➿ double curly loop
〽️ part alternation mark
✳️ eight-spoked asterisk
✴️ eight-pointed star
❇️ sparkle
©️ copyright
®️ registered
™️ trade mark
#️⃣ keycap: #; hash_key
*️⃣ keycap: *; asterisk_key
0️⃣ keycap: 0
1️⃣ keycap: 1
2️⃣ keycap: 2
3️⃣ keycap: 3
4️⃣ keycap: 4
5️⃣ keycap: 5
6️⃣ keycap: 6
7️⃣ keycap: 7
8️⃣ keycap: 8
9️⃣ keycap: 9
🔟 keycap: 10
🔠 input latin uppercase
🔡 input latin lowercase
🔢 input numbers
🔣 input symbols
🔤 input latin letters
🅰️ A button (blood type)
🆎 AB button (blood type)
🅱️ B button (blood type)
🆑 CL button
🆒 COOL button; cool
🆓 FREE button; free
ℹ️ information
🆔 ID button
Ⓜ️ circled M
🆕 NEW button; new
🆖 NG button
🅾️ O button (blood type)
🆗 OK button; ok
🅿️ P button
🆘 SOS button; sos
🆙 UP! button; up
🆚 VS button
🈁 Japanese “here” button
🈂️ Japanese “service charge” button
🈷️ Japanese “monthly amount” button
🈶 Japanese “not free of charge” button
🈯 Japanese “reserved” button
🉐 Japanese “bargain” button
🈹 Japanese “discount” button
🈚 Japanese “free of charge” button
🈲 Japanese “prohibited” button
🉑 Japanese “acceptable” button
🈸 Japanese “application” button
🈴 Japanese “passing grade” button
🈳 Japanese “vacancy” button
㊗️ Japanese “congratulations” button; congratulations
㊙️ Japanese “secret” button
🈺 Japanese “open for business” button
🈵 Japanese “no vacancy” button
🔴 red circle; red_circle
🟠 orange circle; orange_circle
🟡 yellow circle; yellow_circle
🟢 green circle; green_circle
🔵 blue circle; blue_circle
🟣 purple circle
🟤 brown circle
⚫ black circle; black_circle
⚪ white circle; white_circle
🟥 red square
🟧 orange square
🟨 yellow square
🟩 green square
🟦 blue square
🟪 purple square
🟫 brown square
⬛ black large square
⬜ white large square
◼️ black medium square
◻️ white medium square
◾ black medium-small square
◽ white medium-small square
▪️ black small square
▫️ white small square
🔶 large orange diamond
🔷 large blue diamond
🔸 small orange diamond
🔹 small blue diamond
🔺 red triangle pointed up
🔻 red triangle pointed down
💠 diamond with a dot
🔘 radio button
🔳 white square button
🔲 black square button
# Flags
🏁 chequered flag; checkered_flag
🚩 triangular flag; triangular_flag
🎌 crossed flags
🏴 black flag
🏳️ white flag; white_flag
🏳️‍🌈 rainbow flag; rainbow_flag
🏳️‍⚧️ transgender flag
🏴‍☠️ pirate flag; pirate_flag
🇦🇨 flag: Ascension Island
🇦🇩 flag: Andorra
🇦🇪 flag: United Arab Emirates
🇦🇫 flag: Afghanistan
🇦🇬 flag: Antigua & Barbuda
🇦🇮 flag: Anguilla
🇦🇱 flag: Albania
🇦🇲 flag: Armenia
🇦🇴 flag: Angola
🇦🇶 flag: Antarctica
🇦🇷 flag: Argentina
🇦🇸 flag: American Samoa
🇦🇹 flag: Austria
🇦🇺 flag: Australia
🇦🇼 flag: Aruba
🇦🇽 flag: Åland Islands
🇦🇿 flag: Azerbaijan
🇧🇦 flag: Bosnia & Herzegovina
🇧🇧 flag: Barbados
🇧🇩 flag: Bangladesh
🇧🇪 flag: Belgium
🇧🇫 flag: Burkina Faso
🇧🇬 flag: Bulgaria
🇧🇭 flag: Bahrain
🇧🇮 flag: Burundi
🇧🇯 flag: Benin
🇧🇱 flag: St. Barthélemy
🇧🇲 flag: Bermuda
🇧🇳 flag: Brunei
🇧🇴 flag: Bolivia
🇧🇶 flag: Caribbean Netherlands
🇧🇷 flag: Brazil
🇧🇸 flag: Bahamas
🇧🇹 flag: Bhutan
🇧🇻 flag: Bouvet Island
🇧🇼 flag: Botswana
🇧🇾 flag: Belarus
🇧🇿 flag: Belize
🇨🇦 flag: Canada
🇨🇨 flag: Cocos (Keeling) Islands
🇨🇩 flag: Congo - Kinshasa
🇨🇫 flag: Central African Republic
🇨🇬 flag: Congo - Brazzaville
🇨🇭 flag: Switzerland
🇨🇮 flag: Côte d’Ivoire
🇨🇰 flag: Cook Islands
🇨🇱 flag: Chile
🇨🇲 flag: Cameroon
🇨🇳 flag: China
🇨🇴 flag: Colombia
🇨🇵 flag: Clipperton Island
🇨🇷 flag: Costa Rica
🇨🇺 flag: Cuba
🇨🇻 flag: Cape Verde
🇨🇼 flag: Curaçao
🇨🇽 flag: Christmas Island
🇨🇾 flag: Cyprus
🇨🇿 flag: Czechia
🇩🇪 flag: Germany
🇩🇬 flag: Diego Garcia
🇩🇯 flag: Djibouti
🇩🇰 flag: Denmark
🇩🇲 flag: Dominica
🇩🇴 flag: Dominican Republic
🇩🇿 flag: Algeria
🇪🇦 flag: Ceuta & Melilla
🇪🇨 flag: Ecuador
🇪🇪 flag: Estonia
🇪🇬 flag: Egypt
🇪🇭 flag: Western Sahara
🇪🇷 flag: Eritrea
🇪🇸 flag: Spain
🇪🇹 flag: Ethiopia
🇪🇺 flag: European Union
🇫🇮 flag: Finland
🇫🇯 flag: Fiji
🇫🇰 flag: Falkland Islands
🇫🇲 flag: Micronesia
🇫🇴 flag: Faroe Islands
🇫🇷 flag: France
🇬🇦 flag: Gabon
🇬🇧 flag: United Kingdom
🇬🇩 flag: Grenada
🇬🇪 flag: Georgia
🇬🇫 flag: French Guiana
🇬🇬 flag: Guernsey
🇬🇭 flag: Ghana
🇬🇮 flag: Gibraltar
🇬🇱 flag: Greenland
🇬🇲 flag: Gambia
🇬🇳 flag: Guinea
🇬🇵 flag: Guadeloupe
🇬🇶 flag: Equatorial Guinea
🇬🇷 flag: Greece
🇬🇸 flag: South Georgia & South Sandwich Islands
🇬🇹 flag: Guatemala
🇬🇺 flag: Guam
🇬🇼 flag: Guinea-Bissau
🇬🇾 flag: Guyana
🇭🇰 flag: Hong Kong SAR China
🇭🇲 flag: Heard & McDonald Islands
🇭🇳 flag: Honduras
🇭🇷 flag: Croatia
🇭🇹 flag: Haiti
🇭🇺 flag: Hungary
🇮🇨 flag: Canary Islands
🇮🇩 flag: Indonesia
🇮🇪 flag: Ireland
🇮🇱 flag: Israel
🇮🇲 flag: Isle of Man
🇮🇳 flag: India
🇮🇴 flag: British Indian Ocean Territory
🇮🇶 flag: Iraq
🇮🇷 flag: Iran
🇮🇸 flag: Iceland
🇮🇹 flag: Italy
🇯🇪 flag: Jersey
🇯🇲 flag: Jamaica
🇯🇴 flag: Jordan
🇯🇵 flag: Japan
🇰🇪 flag: Kenya
🇰🇬 flag: Kyrgyzstan
🇰🇭 flag: Cambodia
🇰🇮 flag: Kiribati
🇰🇲 flag: Comoros
🇰🇳 flag: St. Kitts & Nevis
🇰🇵 flag: North Korea
🇰🇷 flag: South Korea
🇰🇼 flag: Kuwait
🇰🇾 flag: Cayman Islands
🇰🇿 flag: Kazakhstan
🇱🇦 flag: Laos
🇱🇧 flag: Lebanon
🇱🇨 flag: St. Lucia
🇱🇮 flag: Liechtenstein
🇱🇰 flag: Sri Lanka
🇱🇷 flag: Liberia
🇱🇸 flag: Lesotho
🇱🇹 flag: Lithuania
🇱🇺 flag: Luxembourg
🇱🇻 flag: Latvia
🇱🇾 flag: Libya
🇲🇦 flag: Morocco
🇲🇨 flag: Monaco
🇲🇩 flag: Moldova
🇲🇪 flag: Montenegro
🇲🇫 flag: St. Martin
🇲🇬 flag: Madagascar
🇲🇭 flag: Marshall Islands
🇲🇰 flag: North Macedonia
🇲🇱 flag: Mali
🇲🇲 flag: Myanmar (Burma)
🇲🇳 flag: Mongolia
🇲🇴 flag: Macao SAR China
🇲🇵 flag: Northern Mariana Islands
🇲🇶 flag: Martinique
🇲🇷 flag: Mauritania
🇲🇸 flag: Montserrat
🇲🇹 flag: Malta
🇲🇺 flag: Mauritius
🇲🇻 flag: Maldives
🇲🇼 flag: Malawi
🇲🇽 flag: Mexico
🇲🇾 flag: Malaysia
🇲🇿 flag: Mozambique
🇳🇦 flag: Namibia
🇳🇨 flag: New Caledonia
🇳🇪 flag: Niger
🇳🇫 flag: Norfolk Island
🇳🇬 flag: Nigeria
🇳🇮 flag: Nicaragua
🇳🇱 flag: Netherlands
🇳🇴 flag: Norway
🇳🇵 flag: Nepal
🇳🇷 flag: Nauru
🇳🇺 flag: Niue
🇳🇿 flag: New Zealand
🇴🇲 flag: Oman
🇵🇦 flag: Panama
🇵🇪 flag: Peru
🇵🇫 flag: French Polynesia
🇵🇬 flag: Papua New Guinea
🇵🇭 flag: Philippines
🇵🇰 flag: Pakistan
🇵🇱 flag: Poland
🇵🇲 flag: St. Pierre & Miquelon
🇵🇳 flag: Pitcairn Islands
🇵🇷 flag: Puerto Rico
🇵🇸 flag: Palestinian Territories
🇵🇹 flag: Portugal
🇵🇼 flag: Palau
🇵🇾 flag: Paraguay
🇶🇦 flag: Qatar
🇷🇪 flag: Réunion
🇷🇴 flag: Romania
🇷🇸 flag: Serbia
🇷🇺 flag: Russia
🇷🇼 flag: Rwanda
🇸🇦 flag: Saudi Arabia
🇸🇧 flag: Solomon Islands
🇸🇨 flag: Seychelles
🇸🇩 flag: Sudan
🇸🇪 flag: Sweden
🇸🇬 flag: Singapore
🇸🇭 flag: St. Helena
🇸🇮 flag: Slovenia
🇸🇯 flag: Svalbard & Jan Mayen
🇸🇰 flag: Slovakia
🇸🇱 flag: Sierra Leone
🇸🇲 flag: San Marino
🇸🇳 flag: Senegal
🇸🇴 flag: Somalia
🇸🇷 flag: Suriname
🇸🇸 flag: South Sudan
🇸🇹 flag: São Tomé & Príncipe
🇸🇻 flag: El Salvador
🇸🇽 flag: Sint Maarten
🇸🇾 flag: Syria
🇸🇿 flag: Eswatini
🇹🇦 flag: Tristan da Cunha
🇹🇨 flag: Turks & Caicos Islands
🇹🇩 flag: Chad
🇹🇫 flag: French Southern Territories
🇹🇬 flag: Togo
🇹🇭 flag: Thailand
🇹🇯 flag: Tajikistan
🇹🇰 flag: Tokelau
🇹🇱 flag: Timor-Leste
🇹🇲 flag: Turkmenistan
🇹🇳 flag: Tunisia
🇹🇴 flag: Tonga
🇹🇷 flag: Turkey
🇹🇹 flag: Trinidad & Tobago
🇹🇻 flag: Tuvalu
🇹🇼 flag: Taiwan
🇹🇿 flag: Tanzania
🇺🇦 flag: Ukraine
🇺🇬 flag: Uganda
🇺🇲 flag: U.S. Outlying Islands
🇺🇳 flag: United Nations
🇺🇸 flag: United States
🇺🇾 flag: Uruguay
🇺🇿 flag: Uzbekistan
🇻🇦 flag: Vatican City
🇻🇨 flag: St. Vincent & Grenadines
🇻🇪 flag: Venezuela
🇻🇬 flag: British Virgin Islands
🇻🇮 flag: U.S. Virgin Islands
🇻🇳 flag: Vietnam
🇻🇺 flag: Vanuatu
🇼🇫 flag: Wallis & Futuna
🇼🇸 flag: Samoa
🇽🇰 flag: Kosovo
🇾🇪 flag: Yemen
🇾🇹 flag: Mayotte
🇿🇦 flag: South Africa
🇿🇲 flag: Zambia
🇿🇼 flag: Zimbabwe
🏴󠁧󠁢󠁥󠁮󠁧󠁿 flag: England
🏴󠁧󠁢󠁳󠁣󠁴󠁿 flag: Scotland
🏴󠁧󠁢󠁷󠁬󠁳󠁿 flag: Wales
"""
