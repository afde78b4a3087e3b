/** Mistakes: where they are found, and what is said. Julia's parser refuses each of these texts. */
import { describe } from 'vitest'
import { refuses } from './syntax-table.ts'

describe('what is not closed', () => {
  refuses([
    ['"abc', '"', 'This string is not closed: `"` is missing.'],
    ['"a$(x', '(', '`(` is not closed: `)` is missing.'],
    ['"""a"', '"""', 'This string is not closed: `"""` is missing.'],
    ['`a', '`', 'This command is not closed: ``` is missing.'],
    ['x = #= a\n', '#=', 'This comment is not closed: `=#` is missing.'],
    ['#= a #= b =#', '#=', 'This comment is not closed: `=#` is missing.'],
    ['(a', '(', '`(` is not closed: `)` is missing.'],
    ['f(a, b', '(', '`(` is not closed: `)` is missing.'],
    ['[1, 2', '[', '`[` is not closed: `]` is missing.'],
    ['[1 2 3', '[', '`[` is not closed: `]` is missing.'],
    ['a[1', '[', '`[` is not closed: `]` is missing.'],
    ['f{T', '{', '`{` is not closed: `}` is missing.'],
    ['@m(a', '(', '`(` is not closed: `)` is missing.'],
    ["'a", "'", "This character literal is not closed: `'` is missing."],
    ["''", "'", "This character literal is not closed: `'` is missing."],
    ['if a\n b', 'if', '`if` is not closed: `end` is missing.'],
    ['begin\n a', 'begin', '`begin` is not closed: `end` is missing.'],
    ['function f()\n x', 'function', '`function` is not closed: `end` is missing.'],
    ['for i in x\n y', 'for', '`for` is not closed: `end` is missing.'],
    ['let x\n', 'let', '`let` is not closed: `end` is missing.'],
    ['f() do x\n y', 'do', '`do` is not closed: `end` is missing.'],
    ['mutable struct A\n x', 'struct', '`struct` is not closed: `end` is missing.'],
    ['module A\n x', 'module', '`module` is not closed: `end` is missing.'],
    ['try\n x', 'try', '`try` is not closed: `end` is missing.'],
    ['abstract type A', 'abstract', '`abstract` is not closed: `end` is missing.'],
  ])
})

describe('what closes nothing', () => {
  refuses([
    ['a)', ')', 'Found `)` where the end of the line or `;` is expected.'],
    ['x = ]', ']', 'Found `]` where an expression is expected.'],
    ['A.:==(a, b) = 1', ':=', 'Found `:=` where the name of a field is expected.'],
    ['a }', '}', 'Found `}` where the end of the line or `;` is expected.'],
    ['end', 'end', 'Found `end` where an expression is expected.'],
    ['try\n a\nelse\n b\nend', 'else', 'Found `else` where `end` of `try` is expected.'],
    ['try\n a\ncatch\ncatch\nend', 'catch@13', 'Found `catch` where `end` of `try` is expected.'],
    ['try\n a\nfinally\nelse\nend', 'else', 'Found `else` where `end` of `try` is expected.'],
    ['else', 'else', 'Found `else` where an expression is expected.'],
    ['f()\nend', 'end', 'Found `end` where an expression is expected.'],
    ['return)', ')', 'Found `)` where the end of the line or `;` is expected.'],
    ['if a\n b\nelse\n c\nelse\n d\nend', 'else@16', 'Found `else` where `end` of `if` is expected.'],
    ['begin\n a\nelse\nend', 'else', 'Found `else` where `end` of `begin` is expected.'],
    ['try\n x\nend', 'end', 'Found `end` where `catch` or `finally` is expected.'],
  ])
})

describe('white space where none may be', () => {
  refuses([
    ['f (x)', '(', 'Found white space before `(` where none is expected.'],
    ['x [1]', '[', 'Found white space before `[` where none is expected.'],
    ['T {S}', '{', 'Found white space before `{` where none is expected.'],
    ['a . b', '.', 'Found white space before `.` where none is expected.'],
    ['f. (x)', '.', 'Found white space after `.` where none is expected.'],
    ['if a (b) end', '(', 'Found white space before `(` where none is expected.'],
    ['@ m', 'm', 'Found `m` where the name of a macro directly after `@` is expected.'],
    ['[f(x) (y), z]', ',', 'Found `,` where `]`, a comma, a semicolon or white space is expected.'],
  ])
})

describe('white space where some must be', () => {
  refuses([
    ['a? b : c', '?', 'Found `?` of a conditional expression where white space before it is expected.'],
    ['a ?b : c', '?', 'Found `?` of a conditional expression where white space behind it is expected.'],
    ['a ? b: c', ':', 'Found `:` of a conditional expression where white space before it is expected.'],
    ['a ? b :c', ':', 'Found `:` of a conditional expression where white space behind it is expected.'],
  ])
})

describe('literals', () => {
  refuses([
    ["'ab'", "'ab'", 'This character literal is not valid: it holds more than one character.'],
    ["'\\q'", '\\q', 'The escape `\\q` is not valid: there is no such escape sequence.'],
    ['"\\q"', '\\q', 'The escape `\\q` is not valid: there is no such escape sequence.'],
    ['"\\xg"', '\\x', 'The escape `\\x` is not valid: there is no such escape sequence.'],
    ['"\\U110000"', '\\U', 'The escape `\\U` is not valid: there is no such escape sequence.'],
    ['"""\n  a\n  \\q"""', '\\q', 'The escape `\\q` is not valid: there is no such escape sequence.'],
    ['"$"', '$', 'This string is not valid: a name or parentheses must follow `$`; the sign itself is written `\\$`.'],
    ['"a"b', 'b', 'Found `b` right behind a string where an operator is expected.'],
    ['2"a"', '"', 'Found a string right behind something else where an operator is expected.'],
    ['0x', '0x', 'This number is not valid: no digit follows `0x`.'],
    ['0b2', '0b', 'This number is not valid: no digit follows `0b`.'],
    ['0b12', '0b12', 'This number is not valid: `2` is no digit of it.'],
    ['1.2.3', '1.2.3', 'This number is not valid: it has two dots.'],
    ['1.+2', '1.+', 'This number is not valid: the dot may belong to the number or to the operator; add white space.'],
    ['1.x', '1.x', 'This number is not valid: it ends with a dot, so it cannot be multiplied without `*`.'],
    ['1.(x)', '1.(', 'This number is not valid: it ends with a dot, so it cannot be multiplied without `*`.'],
    ['1e+', '1e+', 'This number is not valid: the exponent has no digits.'],
    ['0x1.8', '0x1.8', 'This number is not valid: a hexadecimal fraction needs an exponent `p`.'],
    ['0x1p', '0x1p', 'This number is not valid: the exponent has no digits.'],
    ['0xfffffffffffffffffffffffffffffffff', '0xfffffffffffffffffffffffffffffffff', 'This number is not valid: it has more than 128 bits.'],
  ])
})

describe('what is missing or too much', () => {
  refuses([
    ['x y', 'y', 'Found `y` where the end of the line or `;` is expected.'],
    ['x y = 2', 'y', 'Found `y` where the end of the line or `;` is expected.'],
    ['1 2', '2', 'Found `2` where the end of the line or `;` is expected.'],
    ['a ? b', '@5', 'Found the end of the file where `:` of the conditional expression is expected.'],
    ['a ? b c', 'c', 'Found `c` where `:` of the conditional expression is expected.'],
    ['x ? return y : z', '@16', 'Found the end of the file where `:` of the conditional expression is expected.'],
    ['[1, 2; 3 4]', '4', 'Found `4` where `]` is expected.'],
    ['[1 2, 3]', ',', 'Found `,` where `]`, a comma, a semicolon or white space is expected.'],
    ['[1 2;; 3 4]', ';', 'Found `;;` beside white space as a separator of columns where only one of them is expected.'],
    ['a +', '@3', 'Found the end of the file where an expression is expected.'],
    ['a = ', '@4', 'Found the end of the file where an expression is expected.'],
    ['a,', '@2', 'Found the end of the file where an expression is expected.'],
    ['f(a,, b)', ',@4', 'Found `,` where an expression is expected.'],
    ['(a b)', 'b', 'Found `b` where `)` is expected.'],
    ['f(a b)', 'b', 'Found `b` where `)` is expected.'],
    ['=1', '=', 'Found `=` where an expression is expected.'],
    ['a = = b', '=@4', 'Found `=` where an expression is expected.'],
    ['&&a', '&&', 'Found `&&` where an expression is expected.'],
    ['*a', '*', 'Found `*` where an expression is expected.'],
    ['->x', '->', 'Found `->` where an expression is expected.'],
    ['1 +* 2', '*', 'Found `*` where an expression is expected.'],
    ['a.', '@2', 'Found the end of the file where the name of a field is expected.'],
    ['x::', '@3', 'Found the end of the file where an expression is expected.'],
    ['a:', '@2', 'Found the end of the file where an expression is expected.'],
    ['for i\nend', 'end', 'Found `end` where `in`, `=` or `∈` is expected.'],
    ['for i of x\nend', 'of', 'Found `of` where `in`, `=` or `∈` is expected.'],
    ['[a for x]', ']', 'Found `]` where `in`, `=` or `∈` is expected.'],
    ['[a -b for x in xs]', ']', 'Found `]` where an expression is expected.'],
    ['f(x for x in xs if)', ')', 'Found `)` where an expression is expected.'],
    ['import', '@6', 'Found the end of the file where a name is expected.'],
    ['import 1', '1', 'Found `1` where a name is expected.'],
    ['export 1', '1', 'Found `1` where a name is expected.'],
    ['function\nend', 'end', 'Found `end` where an expression is expected.'],
    ['struct end', 'end', 'Found `end` where an expression is expected.'],
    ['if\nend', 'end', 'Found `end` where a condition is expected.'],
    ['@1', '1', 'Found `1` where the name of a macro is expected.'],
    ['§', '§', 'Found the character "§" where an expression is expected.'],
    ['=', '=', 'Found `=` where an expression is expected.'],
    ['const x', '@7', 'Found the end of the file where the value of the constant is expected.'],
    ['const x .= 1', '@12', 'Found the end of the file where the value of the constant is expected.'],
    ['function f body end', 'body', 'Found `body` where a list of parameters is expected.'],
    ['macro (x) end', 'end', 'Found `end` where a list of parameters is expected.'],
    ['import :A', ':', 'Found `:` where a name is expected.'],
    ['import A: b as c: d', ':@16', 'Found `:` where the end of the line or `;` is expected.'],
    ['using A as B', 'as', 'Found `as` where the end of the line or `;` is expected.'],
    ['import A as B: x', ':', 'Found `:` where the end of the line or `;` is expected.'],
    ['1:\n2', '2', 'Found the end of the line before `2` where an expression is expected.'],
    ['a().@m x', '@@4', 'Found `@` where a name is expected.'],
    ['var"x"y', 'y', 'Found `y` right behind a string where an operator is expected.'],
    ['const', '@5', 'Found the end of the file where an expression is expected.'],
  ])
})
