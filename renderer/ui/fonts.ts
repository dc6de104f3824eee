/** The app's typefaces, bundled with it: a newsroom's screen must look the same with no network. */
import '@fontsource-variable/inter/index.css'
import '@fontsource-variable/source-serif-4/opsz-italic.css'
import '@fontsource-variable/source-serif-4/opsz.css'
