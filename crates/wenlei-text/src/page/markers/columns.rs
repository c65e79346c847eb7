//! The furniture of a printed page: its head, the names of columns, slogans.

/// Words of a newspaper page's head.
pub(in crate::page) const MASTHEAD_WORDS: [&str; 20] = [
    "责任编辑", "责编", "本版责编", "版式", "校对", "美编", "版面设计", "总第", "星期", "农历", "编辑",
    "组版", "值班", "第1版", "主编", "本版", "国内统一", "邮发代号", "版面", "第版",
];

/// Heads over a row of short items.
pub(in crate::page) const BRIEFS_WORDS: [&str; 14] = [
    "短讯", "简讯", "快讯", "一句话", "短新闻", "简明新闻", "要闻速览", "速览", "速递", "集纳", "播报",
    "微新闻", "新闻集锦", "资讯",
];

/// What ends the name of a newspaper or of a column.
pub(in crate::page) const COLUMN_ENDS: [&str; 40] = [
    "日报", "晚报", "早报", "时报", "晨报", "周报", "周刊", "导报", "茶座", "视点", "视窗", "视野", "天地",
    "之窗", "专栏", "时评", "微议", "来风", "镜头", "新闻", "要闻", "短讯", "简讯", "快讯", "观察", "走笔",
    "风采", "聚焦", "关注", "纵横", "广角", "进行时", "在行动", "看一线", "话题", "评论", "版", "特刊",
    "专版", "副刊",
];

/// Words of campaigns, by which a slogan is told from a headline.
pub(in crate::page) const CAMPAIGN_WORDS: [&str; 64] = [
    "比学赶超", "进位争先", "进位", "争先", "决战", "决胜", "冲刺", "大干", "苦干", "双过半", "会战",
    "攻坚", "再出发", "奋进", "新征程", "新时代", "新篇章", "新作为", "建功", "担当", "使命", "初心",
    "砥砺", "开门红", "走前列", "喜迎", "献礼", "践行", "深入学习", "贯彻", "落实", "全力", "加快", "奋力",
    "奋斗", "全面", "不忘", "牢记", "凝心聚力", "同心", "开局", "起步", "创建", "争创", "建设", "高质量",
    "以会战", "做实", "做精", "做美", "抓项目", "促发展", "转作风", "提效能", "扫黑除恶", "脱贫",
    "不落一人", "众志成城", "防控", "疫情", "团结", "实现", "打赢", "在路上",
];

/// What campaigns' slogans and the columns named after them begin with.
pub(in crate::page) const CAMPAIGN_LEADS: [&str; 36] = [
    "喜迎", "学习贯彻", "深入学习", "全面推进", "聚焦", "奋进", "新时代", "践行", "弘扬", "牢记", "庆祝",
    "我为", "决战", "决胜", "攻坚", "大干", "奋战", "打赢", "关注", "走进", "走近", "直击", "贯彻落实",
    "深入贯彻", "不忘初心", "砥砺", "同心", "众志成城", "争当", "争做", "推动高质量", "高质量发展", "壮丽",
    "辉煌", "讲好", "传承",
];

/// Marks a column's name is set between.
pub(in crate::page) const ORNAMENTS: &str = "●■□◆◇★☆※·•▪►▶○◎⊙*—-=~【】[]《》<>";
