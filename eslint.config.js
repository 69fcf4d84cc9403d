/** What the linter asks: the strictest type-checked rules, less those that argue with typed arrays. */

import eslint from '@eslint/js';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

export default defineConfig(
  // AssemblyScript shares TypeScript's spelling but not its types: its compiler is its linter.
  globalIgnores(['dist/', 'coverage/', 'var/', '.cache/', 'data/', 'assembly/', '!assembly/layout.ts']),
  eslint.configs.recommended,
  {
    files: ['**/*.{ts,tsx}'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: {
      parserOptions: {
        project: ['./tsconfig.test.json', './web/tsconfig.json'],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      // `array[i]!` inside a checked loop is how indexed access is spelled under noUncheckedIndexedAccess.
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      // `return printJson(…)` leaves early with nothing: shorter than a block, and as clear.
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreVoidReturningFunctions: true }],
      // Objects here are closures over their state, not classes: their methods have no `this` to lose.
      '@typescript-eslint/unbound-method': 'off',
      // `void | Promise<void>`: a callback that may be asynchronous.
      '@typescript-eslint/no-invalid-void-type': 'off',
      // A parameter that an interface has and this implementation does not need keeps its name behind an underscore.
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      '@typescript-eslint/consistent-type-imports': 'error',
      // In this code a null check on an operand that may be '' or 0 is often the mistake, not the cure.
      '@typescript-eslint/prefer-nullish-coalescing': ['error', { ignorePrimitives: { string: true } }],
      // A composition may hand out a getter of what it only makes later.
      'prefer-const': ['error', { ignoreReadBeforeAssign: true }],
      'no-restricted-properties': [
        'error',
        { object: 'Math', property: 'random', message: 'Use core/random.ts: every random number comes from a seed.' },
      ],
    },
  },
  {
    files: ['src/**/*.ts'],
    ignores: ['src/cli/**'],
    rules: { 'no-console': 'error' },
  },
  {
    files: ['**/*.{js,cjs,mjs}'],
    languageOptions: {
      globals: {
        process: 'readonly',
        console: 'readonly',
        module: 'writable',
        require: 'readonly',
        __dirname: 'readonly',
      },
    },
  },
);
