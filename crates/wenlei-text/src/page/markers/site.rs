//! What only web pages, and the feet of printed ones, hold.

/// Words of the line that gives a web article's day, source and readers.
pub(in crate::page) const SOURCE_WORDS: [&str; 22] = [
    "发布时间", "发布日期", "发表时间", "时间:", "日期:", "来源:", "来源|", "信息来源", "稿源", "浏览次数",
    "点击:", "点击数", "点击次数", "阅读次数", "浏览量", "字号", "发表于", "作者:", "原创", "更新时间",
    "字体:", "收录于",
];

/// Names of staff after which a colon or a name follows, at the end of a web article.
pub(in crate::page) const STAFF_LEADS: [&str; 24] = [
    "编辑", "责编", "责任编辑", "校对", "审核", "审校", "监制", "编审", "排版", "美编", "初审", "终审",
    "复审", "主编", "一审", "值班编辑", "组版", "版面", "策划", "制图", "值班主任", "版式", "视觉", "统筹",
];

/// What the law wants a site to say, and what else only stands in a page's foot.
pub(in crate::page) const CONTACT_WORDS: [&str; 33] = [
    "天气预报", "今日天气", "本报社址", "下期看点",
    "传真", "邮编", "邮箱", "E-mail", "e-mail", "Email", "QQ群", "ICP备", "公网安备", "公安备",
    "网站标识码", "版权所有", "Copyright", "copyright", "©", "All Rights", "技术支持", "主办:", "主办单位",
    "承办:", "承办单位", "备案号", "Powered by", "未经授权", "未经许可", "不得转载", "来信请寄", "招租",
    "定价",
];

/// Words that only point to a contact where a number or an address stands with them.
pub(in crate::page) const REACH_WORDS: [&str; 20] = [
    "电话", "地址", "热线", "许可证", "服务部", "会员部", "信息部", "秘书处", "零售", "订阅", "广告",
    "刊号", "印刷", "发行", "报料", "投稿", "法律顾问", "举报", "联系人", "QQ",
];

/// Words of menus, pagers, forms and buttons.
pub(in crate::page) const SITE_WORDS: [&str; 96] = [
    "首页", "登录", "注册", "联系我们", "关于我们", "网站地图", "法律声明", "隐私", "友情链接", "设为首页",
    "收藏", "上一页", "下一页", "上一篇", "下一篇", "上一条", "下一条", "返回", "打印", "关闭", "分享",
    "微信", "微博", "QQ空间", "阅读原文", "扫一扫", "关注", "点击蓝字", "更多", "查看详细", "查看全文",
    "搜索", "搜 索", "检索", "无障碍", "长者", "繁體", "繁体", "English", "当前位置", "现在的位置",
    "您的位置", "相关阅读", "相关新闻", "热点排行", "推荐阅读", "附件", "下载", "用户名", "密码", "回复",
    "发表于", "只看该作者", "主题", "帖子", "版主", "欢迎", "访问", "浏览器", "热搜", "尾页", "末页",
    "跳至", "共", "手机版", "客户端", "公众号", "二维码", "在看", "点赞", "阅读 ", "网站首页", "机构",
    "政务公开", "办事", "互动", "新闻中心", "通知公告", "专题专栏", "介绍", "网站声明", "使用帮助", "RSS",
    "往期", "往 期", "END", "编辑于", "本帖", "沙发", "板凳", "地板", "楼主", "#", "我要投稿", "复制链接",
    "常用链接",
];

/// What a line of a site's own begins with, whatever follows.
pub(in crate::page) const SITE_LEADS: [&str; 30] = [
    "上一篇", "下一篇", "上一条", "下一条", "上一页", "下一页", "上篇", "下篇", "附件", "相关阅读",
    "相关新闻", "相关链接：", "热点", "推荐阅读", "猜你喜欢", "延伸阅读", "往期", "友情链接", "分享",
    "扫一扫", "网友评论", "查看全部", "查看更多", "热门", "最新", "点击排行", "返回", "您是第", "本文来源",
    "声明:",
];

/// Words of a site's word on copyright, which may be whole sentences.
pub(in crate::page) const COPYRIGHT_WORDS: [&str; 8] = [
    "版权声明", "免责声明", "版权归", "未经授权", "未经许可", "转载请注明", "不得转载", "请勿转载",
];

/// What the way to a page is written with.
pub(in crate::page) const TRAIL_MARKS: [&str; 5] = [
    ">", "›", "»", "→", ">>",
];
