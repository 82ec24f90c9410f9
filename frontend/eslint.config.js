// Style, accessibility of templates, and who may import whom: pages never one another, the kernel never a page.
import angular from 'angular-eslint';
import boundaries from 'eslint-plugin-boundaries';
import { defineConfig, globalIgnores } from 'eslint/config';
import typescript from 'typescript-eslint';

const ELEMENTS = [
  { type: 'api', pattern: 'src/app/api' },
  { type: 'kernel', pattern: 'src/app/kernel' },
  { type: 'shell', pattern: 'src/app/shell' },
  { type: 'page', pattern: 'src/app/pages/*', capture: ['famille'] },
  { type: 'app', pattern: 'src/app' },
];

const allow = (from, ...to) => ({ from: { element: { type: from } }, allow: { to: { element: { type: to } } } });
const POLICIES = [
  allow('app', 'app', 'shell', 'page', 'kernel', 'api'),
  allow('shell', 'shell', 'kernel', 'api'),
  allow('page', 'kernel', 'api'),
  {
    from: { element: { type: 'page' } },
    allow: { to: { element: { type: 'page', captured: { famille: '{{ from.element.captured.famille }}' } } } },
  },
  allow('kernel', 'kernel', 'api'),
];

export default defineConfig(
  globalIgnores(['src/app/api/**', 'dist/**']),
  {
    files: ['src/**/*.ts'],
    extends: [typescript.configs.strict, typescript.configs.stylistic, angular.configs.tsRecommended],
    processor: angular.processInlineTemplates,
    plugins: { boundaries },
    settings: {
      'boundaries/elements': ELEMENTS,
      'boundaries/include': ['src/app/**/*.ts'],
      'import/resolver': { node: { extensions: ['.ts'] } },
    },
    rules: {
      'boundaries/dependencies': ['error', { default: 'disallow', policies: POLICIES }],
      '@angular-eslint/component-selector': ['error', { type: 'element', prefix: 'app', style: 'kebab-case' }],
      '@angular-eslint/prefer-on-push-component-change-detection': 'error',
      '@typescript-eslint/explicit-function-return-type': ['error', { allowExpressions: true }],
      '@typescript-eslint/consistent-type-definitions': ['error', 'interface'],
      '@typescript-eslint/no-extraneous-class': 'off',
      '@typescript-eslint/no-invalid-void-type': 'off',
      'no-restricted-properties': [
        'error',
        ...['Html', 'Script', 'Style', 'Url', 'ResourceUrl'].map((kind) => ({
          property: `bypassSecurityTrust${kind}`,
          message: 'Nothing is trusted past the sanitizer.',
        })),
      ],
      'no-restricted-imports': ['error', { patterns: [{ group: ['**/api/sdk.gen'], message: 'Use the requests of common.gen.' }] }],
      'max-lines': ['error', { max: 350, skipBlankLines: true, skipComments: true }],
    },
  },
  {
    files: ['src/**/*.spec.ts'],
    rules: {
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/explicit-function-return-type': 'off',
      'max-lines': 'off',
    },
  },
  { files: ['src/**/*.html'], extends: [angular.configs.templateRecommended, angular.configs.templateAccessibility] },
);
