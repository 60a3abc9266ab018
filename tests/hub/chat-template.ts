// A chat template of the length that current models carry. Every GGUF row has it, because the cost of
// `expand=gguf` in a list is mostly this text.

const HEADER = `{#- Chat template: roles, tool calls, reasoning blocks and images. -#}
{%- set image_count = namespace(value=0) -%}
{%- set state = namespace(last_user=-1, tool_open=false, reasoning=enable_thinking | default(true)) -%}
{%- macro render_part(part, index) -%}
  {%- if part is string -%}{{- part -}}
  {%- elif part.type == 'text' -%}{{- part.text -}}
  {%- elif part.type == 'image' or 'image_url' in part -%}
    {%- set image_count.value = image_count.value + 1 -%}
    {{- '<|image_' ~ image_count.value ~ '|>' -}}
  {%- else -%}{{- raise_exception('Unknown content part ' ~ index) -}}
  {%- endif -%}
{%- endmacro -%}
{%- macro render_content(content) -%}
  {%- if content is string -%}{{- content -}}
  {%- else -%}{%- for part in content -%}{{- render_part(part, loop.index0) -}}{%- endfor -%}
  {%- endif -%}
{%- endmacro -%}
`;

const TOOLS = `{%- if tools -%}
{{- '<|turn_start|>system\\n' -}}
{%- if messages[0].role == 'system' -%}{{- render_content(messages[0].content) ~ '\\n\\n' -}}{%- endif -%}
{{- 'You may call the functions below. Their signatures stand between the tools tags.\\n<tools>' -}}
{%- for tool in tools -%}
  {{- '\\n' ~ (tool | tojson) -}}
{%- endfor -%}
{{- '\\n</tools>\\n\\nReturn each call as one JSON object between call tags:\\n' -}}
{{- '<call>\\n{"name": "function", "arguments": {"argument": "value"}}\\n</call><|turn_end|>\\n' -}}
{%- elif messages[0].role == 'system' -%}
{{- '<|turn_start|>system\\n' ~ render_content(messages[0].content) ~ '<|turn_end|>\\n' -}}
{%- endif -%}
{%- for message in messages -%}
  {%- if message.role == 'user' -%}{%- set state.last_user = loop.index0 -%}{%- endif -%}
{%- endfor -%}
{%- for message in messages -%}
`;

function roleBlock(role: string): string {
  return `  {%- if message.role == '${role}' -%}
    {%- if not loop.first or message.role != 'system' -%}
      {{- '<|turn_start|>${role}\\n' -}}
      {%- if message.reasoning_content is defined and loop.index0 > state.last_user and state.reasoning -%}
        {{- '<reason>\\n' ~ (message.reasoning_content | trim) ~ '\\n</reason>\\n\\n' -}}
      {%- endif -%}
      {{- render_content(message.content or '') -}}
      {%- for call in message.tool_calls or [] -%}
        {%- set call = call.function if call.function is defined else call -%}
        {{- '\\n<call>\\n{"name": "' ~ call.name ~ '", "arguments": ' -}}
        {%- if call.arguments is string -%}{{- call.arguments -}}
        {%- else -%}{{- call.arguments | tojson -}}{%- endif -%}
        {{- '}\\n</call>' -}}
      {%- endfor -%}
      {{- '<|turn_end|>\\n' -}}
    {%- endif -%}
  {%- endif -%}
`;
}

const FOOTER = `{%- endfor -%}
{%- if add_generation_prompt -%}
  {{- '<|turn_start|>model\\n' -}}
  {%- if not state.reasoning -%}{{- '<reason>\\n\\n</reason>\\n\\n' -}}{%- endif -%}
{%- endif -%}
`;

const ROLES = ['system', 'developer', 'user', 'model', 'tool', 'critic', 'planner'];

export const CHAT_TEMPLATE: string = HEADER + TOOLS + ROLES.map(roleBlock).join('') + FOOTER;
