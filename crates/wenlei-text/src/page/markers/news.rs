//! What news items begin and end with.

/// What a news item's first line begins with, after brackets and bullets.
pub(in crate::page) const DATELINES: [&str; 14] = [
    "本报讯", "本刊讯", "本台讯", "本网讯", "本社讯", "本报电", "本报综合消息", "本台消息", "本报消息",
    "本刊消息", "新华社", "中新社", "本报记者从", "据新华社",
];

/// What ends a dateline of place, day and agency: 某地某日电, 某网讯.
pub(in crate::page) const DATELINE_ENDS: [&str; 4] = [
    "日电", "日讯", "网讯", "社讯",
];

/// Words of a by-line.
pub(in crate::page) const BYLINE_WORDS: [&str; 21] = [
    "融媒体", "摘自", "通讯组",
    "记者", "通讯员", "供稿", "供图", "整理", "撰稿", "执笔", "作者", "特约", "编译", "采写", "文字",
    "报道组", "图片", "摄影", "来稿", "撰文", "实习生",
];

/// What stands before 记者 in a by-line: the paper, and the reporter's rank.
pub(in crate::page) const BYLINE_RANKS: [&str; 16] = [
    "本报", "本刊", "本台", "本网", "全媒体", "融媒体", "见习", "实习", "特约", "首席", "驻站", "报道组", "县融媒体中心", "学生",
    "资深", "特派",
];
/// What a line that names the authors above the text begins with.
pub(in crate::page) const BYLINE_LEADS: [&str; 14] = [
    "记者", "通讯员", "作者", "文/", "文图/", "图文/", "撰文", "撰稿", "评论员", "文:", "图/", "摄影", "口述", "整理",
];
/// Two to four characters in brackets after a full stop that are no name.
pub(in crate::page) const NOT_NAMES: [&str; 16] = [
    "试行", "草案", "修订", "下同", "一期", "二期", "见图", "图片", "略", "完", "暂行", "节选", "左", "右",
    "上图", "下图",
];

/// What ends a photograph's credit.
pub(in crate::page) const CREDITS: [&str; 10] = [
    "摄", "供图", "摄影", "摄影报道", "图片报道", "资料图", "资料图片", "文/图", "图/文", "图文",
];

/// What a caption that belongs to the article around it begins with.
pub(in crate::page) const CAPTION_LEADS: [&str; 12] = [
    "▲", "△", "▼", "▽", "图为", "上图", "下图", "左图", "右图", "图:", "图①", "图一:",
];

/// How the line above a headline breaks off.
pub(in crate::page) const OVERTITLE_ENDS: [&str; 14] = [
    "强调", "指出", "要求", "提出", "表示", "时说", "会上", "时", "会议召开", "透露", "显示", "--", "——",
    "…",
];

/// What an official notice's headline ends with.
pub(in crate::page) const NOTICE_ENDS: [&str; 25] = [
    "通知", "公告", "通告", "公示", "启事", "声明", "简章", "通报", "公报", "名单", "目录", "指南", "办法",
    "意见", "倡议书", "指标", "信息", "一览表", "公开信", "须知", "预告", "提示", "挂失", "讣告", "预案",
];

/// What the paper's own short words begin with.
pub(in crate::page) const OWN_WORDS: [&str; 6] = ["更正", "勘误", "致歉", "预告", "本报启事", "重要更正"];

/// What ends the name of a body that signs.
pub(in crate::page) const SIGNER_ENDS: [&str; 20] = [
    "局", "委员会", "政府", "公司", "办公室", "大队", "支队", "中心", "法院", "检察院", "委", "处", "院",
    "协会", "管委会", "指挥部", "居民", "编辑部", "工会", "所",
];

/// What a letter or note inside an article begins with.
pub(in crate::page) const NOTE_LEADS: [&str; 16] = [
    "编者按", "编后", "编者的话", "记者手记", "作者附记", "附记", "注:", "备注:", "新闻链接", "相关链接",
    "人物名片", "链接:", "导读", "核心提示", "开栏", "采访手记",
];

/// What the editor's word above an article begins with.
pub(in crate::page) const EDITORS_LEADS: [&str; 7] = [
    "编者按", "编者的话", "开栏的话", "开栏语", "导读", "核心提示", "阅读提示",
];

/// What a reader's letter opens with.
pub(in crate::page) const SALUTATIONS: [&str; 7] = [
    "编辑同志", "编辑部", "尊敬的", "亲爱的", "记者同志", "各位", "主编",
];

/// What the rest of an article begun on another page opens with.
pub(in crate::page) const CONTINUED_LEADS: [&str; 7] = [
    "(紧接",
    "(上接", "上接", "(接", "紧接", "(续", "[上接",
];

/// Days and moments that open a report or a caption.
pub(in crate::page) const MOMENTS: [&str; 16] = [
    "近日", "日前", "昨日", "昨天", "今天", "今日", "连日来", "今年以来", "近年来", "目前", "当前", "截至",
    "近期", "入夏以来", "入秋以来", "入冬以来",
];

/// Marks that open a paragraph, an item or a column head.
pub(in crate::page) const BULLETS: &[char] = &['●', '■', '□', '▲', '△', '◆', '◇', '★', '☆', '※', '·', '•', '▪', '►', '▶', '👉', '○', '◎', '⊙', '*'];

/// The commoner surnames, by which a name alone on a line is told from a heading.
pub(in crate::page) const SURNAMES: &str =
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧肖程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜\
     范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文庞樊兰殷施陶洪翟安颜倪严牛温芦季俞章鲁葛伍韦申尤毕聂丛焦向柳邢路岳齐梅莫庄辛管祝左涂谷祁时舒耿牟卜詹关苗凌费纪靳盛童欧甄项曲成游阳裴席卫查屈鲍位覃霍翁隋植甘景薄单包司柏宁柯阮桂闵解强柴华车冉房边净辜吉饶瞿戚丘古米池滕晋苑邬臧畅宫来嵺苟全褚廉简娄盖符奚木穆党燕郎邸冀谈姬屠连郜晏栾郁商蒙计喻揭窦迟宇敖糜鄢冷卓花仇艾蓝都巩稽井练仲乐虞卞封竺冼原官衣楚佟栗匡宗应台巫鞠僧桑荆谌银扬明沙伏岑习胥保和蔺";
