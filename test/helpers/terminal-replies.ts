/** What terminals send by themselves or because a program asked: nothing of it was typed. */
const escape = '\u001B';
const csi = `${escape}[`;
const st = `${escape}\\`;

export const terminalReplies: readonly string[] = [
	// DA1, DA2, DA3.
	`${csi}?62;22;52c`,
	`${csi}>41;390;0c`,
	`${escape}P!|7E565445${st}`,
	// DSR: all is well, where the cursor is (CPR, DECXCPR), the colour scheme.
	`${csi}0n`,
	`${csi}24;80R`,
	`${csi}1;80R`,
	`${csi}?24;80;1R`,
	`${csi}?997;1n`,
	// DECRPM, of ANSI's modes too.
	`${csi}?2026;2$y`,
	`${csi}4;1$y`,
	// XTVERSION, DECRQSS, XTGETTCAP.
	`${escape}P>|XTerm(390)${st}`,
	`${escape}P1$r0;1m${st}`,
	`${escape}P1+r544e=787465726d${st}`,
	`${escape}P0+r${st}`,
	// OSC 4, 10, 11 and 52, ended by either mark.
	`${escape}]4;1;rgb:cdcd/0000/0000${st}`,
	`${escape}]10;rgb:ffff/ffff/ffff${st}`,
	`${escape}]11;rgb:0000/0000/0000\u0007`,
	`${escape}]52;c;L3F1aXQK${st}`,
	`${escape}]52;c;L3F1aXQK\u0007`,
	// The title and the icon's name, which a stranger may have set.
	`${escape}]l/quit${st}`,
	`${escape}]Lq\r/quit\r${st}`,
	// The window: its size in characters, in pixels, its state; XTSMGRAPHICS.
	`${csi}8;40;120t`,
	`${csi}4;600;800t`,
	`${csi}1t`,
	`${csi}?1;0;256S`,
	// kitty: which keyboard flags are on, graphics.
	`${csi}?1u`,
	`${escape}_Gi=31;OK${st}`,
	// The focus came and went.
	`${csi}I`,
	`${csi}O`,
	// The mouse: SGR, urxvt, and three characters behind CSI M.
	`${csi}<0;10;5M`,
	`${csi}<0;10;5m`,
	`${csi}<64;10;5M`,
	`${csi}32;10;5M`,
	`${csi}M q/`,
	`${csi}M#xa`,
	// In-band reports of the size.
	`${csi}48;40;120;600;800t`,
];
