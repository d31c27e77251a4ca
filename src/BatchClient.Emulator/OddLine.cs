namespace BatchGateway.Emulator;

/// <summary>
/// The ways in which a line of a result file has been met written. What the line says, costs and counts as stays what its
/// <see cref="EmulatedResponse"/> says.
/// </summary>
public enum OddLine
{
    /// <summary>The line has no <c>id</c>.</summary>
    NoId,

    /// <summary>The line has no <c>custom_id</c>.</summary>
    NoCustomId,

    /// <summary>The line's <c>id</c> is that of the line that its file got before it; the first line of a file keeps its own.</summary>
    RepeatedId,

    /// <summary>
    /// The <c>error</c> is the message alone, as a string; an answer of status 400 or more has it beside its <c>response</c>. For lines of
    /// the error file.
    /// </summary>
    ErrorAsText,

    /// <summary>
    /// The <c>error</c> is an object with the error in a further <c>error</c>; an answer of status 400 or more has it beside its
    /// <c>response</c>. For lines of the error file.
    /// </summary>
    ErrorNested,

    /// <summary>The <c>response.body</c> is <c>false</c>. For lines with an answer, as the next three.</summary>
    BodyFalse,

    /// <summary>The <c>response.body</c> is <c>null</c>.</summary>
    BodyNull,

    /// <summary>The <c>response.body</c> is a string that contains the body's JSON.</summary>
    BodyText,

    /// <summary>The <c>response.status_code</c> is 0; the line stands in the file that its real status leads to.</summary>
    StatusZero,

    /// <summary>An empty line stands before the line.</summary>
    BlankLineBefore,

    /// <summary>The line's file begins with a UTF-8 byte order mark, wherever in the file the line is.</summary>
    ByteOrderMark,

    /// <summary>The line ends with a carriage return and a newline.</summary>
    CarriageReturn,

    /// <summary>The line's file ends without a newline, wherever in the file the line is.</summary>
    NoFinalNewline,

    /// <summary>
    /// The line is not UTF-8: a further member <c>note</c>, in the body where that is an object, is a string with the byte <c>0xFF</c>.
    /// </summary>
    InvalidUtf8,

    /// <summary>The line is an array with the line's object in it.</summary>
    NotAnObject,

    /// <summary>
    /// The line is longer than 27 KB (27,648 bytes): a further member <c>padding</c>, in the body where that is an object, makes it so.
    /// </summary>
    Long,

    /// <summary>A copy of the line with a custom id that nobody sent, and an <c>id</c> of its own, stands after it.</summary>
    NeverAskedFor,
}
