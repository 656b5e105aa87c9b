import { chapters, slug } from "./pages.mjs";

const titles = {
	"README.md": "What it is",
	"docs/tutorial.md": "Tutorial",
	"docs/tutorial-mvc.md": "Tutorial for Spring MVC",
	"docs/from-nodejs.md": "Coming from Node.js",
	"docs/from-netty-socketio.md": "Coming from netty-socketio",
	"docs/handshake.md": "Handshake and cookies",
	"docs/security.md": "Security and sessions",
	"docs/annotated.md": "Annotated handlers",
	"docs/usage.md": "Functions, rooms, broadcasts",
	"docs/testing.md": "Testing",
	"docs/spring-mvc.md": "Spring MVC",
	"docs/containers.md": "Tuning and containers",
	"docs/many-nodes.md": "Many nodes",
	"docs/observability.md": "Observability",
	"docs/admin-ui.md": "Admin UI",
	"docs/performance.md": "Performance",
	"docs/troubleshooting.md": "Troubleshooting",
	"docs/configuration.md": "Configuration",
	"docs/properties.md": "Property reference",
	"docs/adapters.md": "Adapters",
	"docs/parity.md": "Parity",
	"docs/security-matrix.md": "Security matrix",
	"docs/security-testing.md": "Security testing",
	"docs/support.md": "Supported versions",
	"docs/releasing.md": "Releasing",
	"ARCHITECTURE.md": "Architecture",
	"CONTRIBUTING.md": "Contributing",
	"CHANGELOG.md": "Changes",
	"SECURITY.md": "Reporting vulnerabilities",
	"GOVERNANCE.md": "Governance",
	"CODE_OF_CONDUCT.md": "Code of conduct",
	"sample-app/README.md": "The sample",
	"sample-app-mvc/README.md": "The sample for Spring MVC",
};

const linkOf = (document) =>
	document === "README.md"
		? "/"
		: document.startsWith("docs/")
			? `/${document.slice("docs/".length, -".md".length)}`
			: `/project/${document.replaceAll("/", "-").slice(0, -".md".length)}`;

export default {
	title: "socketio-spring",
	description: "A Socket.IO server for Spring Boot",
	lang: "en",
	srcDir: ".",
	cleanUrls: false,
	ignoreDeadLinks: "localhostLinks",
	markdown: {
		html: false,
		anchor: { slugify: slug },
	},
	themeConfig: {
		outline: [2, 3],
		search: { provider: "local" },
		sidebar: chapters.map((chapter) => ({
			text: chapter.text,
			items: chapter.pages.map((page) => ({ text: titles[page] ?? page, link: linkOf(page) })),
		})),
	},
};
