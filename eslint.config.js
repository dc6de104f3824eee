import js from '@eslint/js'
import reactHooks from 'eslint-plugin-react-hooks'
import formatjs from 'eslint-plugin-formatjs'
import globals from 'globals'
import tseslint from 'typescript-eslint'

/** Folders whose text is not in the catalogue yet: docs/messages.md. */
const TEXT_IN_THE_CODE = [
  'renderer/app/!(SignIn).tsx',
  'renderer/story/**',
  'renderer/commands/**',
  'renderer/newsroom/**',
  'renderer/window/**',
  'renderer/desk/**',
  'renderer/ui/**',
  'renderer/wire/**',
]

export default tseslint.config(
  { ignores: ['out/', 'dist/', '.cache/', 'node_modules/', 'coverage/', 'test-results/'] },
  js.configs.recommended,
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { attributes: false } }],
    },
  },
  { files: ['renderer/**/*.{ts,tsx}'], ...reactHooks.configs.flat.recommended },
  {
    files: ['renderer/**/*.tsx'],
    ignores: TEXT_IN_THE_CODE,
    plugins: { formatjs },
    rules: {
      'formatjs/no-literal-string-in-jsx': [
        'error',
        { props: { include: [['*', '{label,title,hint,placeholder,text,alt,description}']] } },
      ],
    },
  },
  { files: ['**/*.js'], ...tseslint.configs.disableTypeChecked },
  { files: ['**/*.js'], languageOptions: { globals: globals.node } },
)
