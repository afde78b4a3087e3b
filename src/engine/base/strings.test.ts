/** Base's strings against what Julia gives; pieces of strings are Strings here, SubStrings in Julia. */
import { describe } from 'vitest'
import { newSession, shows } from './check.ts'

const session = newSession()

describe('searching and cutting', () => {
  shows(
    () => session,
    String.raw`
    split("a,b,,c", ','; keepempty=false), split("a,b,c", ","; limit=2) => (["a", "b", "c"], ["a", "b,c"])
    split("abc", ""), split("a1b2c", isdigit), split("a b,c", [' ', ',']) => (["a", "b", "c"], ["a", "b", "c"], ["a", "b", "c"])
    rsplit("a,b,c", ","; limit=2), collect(eachsplit("a b  c")) => (["a,b", "c"], ["a", "b", "c"])
    strip("xxaxx", 'x'), lstrip("00012", '0'), strip(isdigit, "1a2") => ("a", "12", "a")
    chopprefix("abc", "a"), chopsuffix("abc", "c"), chopprefix("abc", "x") => ("bc", "ab", "abc")
    join(["a", "b", "c"], ", ", " and "), join(x^2 for x in 1:3 if x > 1), join(Int[], ",") => ("a, b and c", "49", "")
    findlast('b', "abcb"), findnext('b', "abcb", 3), findall('a', "banana") => (4, 4, [2, 4, 6])
    findfirst("na", "banana"), findlast("na", "banana"), findprev('a', "banana", 5) => (3:4, 5:6, 4)
    count("an", "banana"), findall(==('a'), "banana"), findfirst("x", "abc") => (2, [2, 4, 6], nothing)
    findfirst('é', "aé"), findfirst("b", "éb") => (2, 3:3)
    length(replace("aaa", "a" => "b"; count=2)), filter(isletter, "a1b"), map(uppercase, "ab") => (3, "ab", "AB")
    startswith("abc", ('a', 'b')), endswith("abc", "bc"), contains("b")("abc") => (true, true, true)
    "abc"[[1, 3]], titlecase("hello big world") => ("ac", "Hello Big World")
    lpad("a", 4, "xy"), rpad("a", 4, "xy"), lpad("abcd", 2) => ("xyxa", "axyx", "abcd")
    escape_string("a\nb"), unescape_string("a\\nb") == "a\nb" => ("a\\nb", true)
    codeunits("aé"), String(UInt8[97, 195, 169]), bytes2hex(UInt8[1, 255]) => (UInt8[0x61, 0xc3, 0xa9], "aé", "01ff")
    parse(Int, "x1") => !ArgumentError: invalid base 10 digit 'x' in "x1"
    string(v"1.2", "!"), repr(v"1.2"), join([v"1.0"]), pkgversion(Base) => ("1.2.0!", "v\"1.2.0\"", "1.0.0", nothing)
    parse(Int, " ") => !ArgumentError: input string is empty or only contains whitespace
    parse.(Int, split("1 2 -3")) => [1, 2, -3]
    `,
  )
})

describe('replacing', () => {
  shows(
    () => session,
    `
    replace("abc", "a" => "b", "b" => "a") => "bac"
    replace("aaa", "a" => "b"; count=2) => "bba"
    replace("abc", isletter => uppercase) => "ABC"
    replace("a.b", '.' => "") => "ab"
    `,
  )
})
