// All of the page comes from this directory and from npm: no font, script or picture from elsewhere.
export default {
	root: 'src',
	output: process.env.NPS_DASHBOARD_OUTPUT ?? 'dist',
	title: 'Net Promoter Score',
	style: 'style.css',
	head: '<link rel="icon" href="data:,">',
	globalStylesheets: [],
	sidebar: false,
	toc: false,
	pager: false,
	search: false,
	footer: '',
};
