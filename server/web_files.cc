#include "server/web_files.h"

#define KRONIK_WEB_FILE(name)                \
  extern "C" const char kronik_web_##name[]; \
  extern "C" const char kronik_web_##name##_end[];
KRONIK_WEB_FILE(index)
KRONIK_WEB_FILE(app)
KRONIK_WEB_FILE(style)
KRONIK_WEB_FILE(icon)
KRONIK_WEB_FILE(openapi)
KRONIK_WEB_FILE(licences)
#undef KRONIK_WEB_FILE

namespace kronik {

std::string_view IndexHtml() { return {kronik_web_index, kronik_web_index_end}; }
std::string_view AppJs() { return {kronik_web_app, kronik_web_app_end}; }
std::string_view StyleCss() { return {kronik_web_style, kronik_web_style_end}; }
std::string_view IconSvg() { return {kronik_web_icon, kronik_web_icon_end}; }
std::string_view OpenApi() { return {kronik_web_openapi, kronik_web_openapi_end}; }
std::string_view Licences() { return {kronik_web_licences, kronik_web_licences_end}; }

}  // namespace kronik
