namespace BatchGateway.Tests.Conventions;

/// <summary>A piece of code on a page.</summary>
/// <param name="Language">What its fence says, or nothing.</param>
/// <param name="Line">Where it begins, counted from 1.</param>
/// <param name="Text">Its lines, without the fences.</param>
internal sealed record CodeBlock(string Language, int Line, IReadOnlyList<string> Text);
