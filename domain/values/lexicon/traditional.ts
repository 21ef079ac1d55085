// Written by scripts/traditional.mjs from the dictionary of OpenCC (Apache-2.0).

/** Traditional characters whose simplified forms the lexicon uses. */
export const traditional =
  '乾侷個備別剛劃動務勝卽啓啟單噹圓場實將峯幹幾張彆後態掃擬攏數於査條榦構樑橋機沒沖準滿澆熱營狀現產産畢當礎積穩箇築籌約紮結絕絶經綫緊線緻總續纔聯聲脩臨舖處衝補裝計設試調負貫車轉進運過' +
  '達還銷鋪鑼開閤階雙頂項順驗體麪麫麵齣龍';

/** The simplified form of each of them, in the same order. */
export const simplified =
  '干局个备别刚划动务胜即启启单当圆场实将峰干几张别后态扫拟拢数于查条干构梁桥机没冲准满浇热营状现产产毕当础积稳个筑筹约扎结绝绝经线紧线致总续才联声修临铺处冲补装计设试调负贯车转进运过' +
  '达还销铺锣开合阶双顶项顺验体面面面出龙';
